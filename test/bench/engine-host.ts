// The headless command with its arguments, as it ships, in a process that tells its parent what the engine publishes and when.
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { nodeWorld } from '../../src/main/cli/node-world.js';
import { parseArguments } from '../../src/main/cli/parse-arguments.js';
import { runCommand } from '../../src/main/cli/run-command.js';
import { startEngine } from '../../src/main/engine.js';
import type { AppState } from '../../src/shared/app-state.js';
import type { HostMessage, HostRequest, LoopDelay, Sighting } from './host-report.js';
import { watchLoop } from './loop-watch.js';

const now = (): string => process.hrtime.bigint().toString();
const tell = (message: HostMessage): void => void process.send?.(message);

const known = new Map<string, number>();
let sightings: Sighting[] = [];
let states = 0;
let hasReading = false;
let loopDelay: (() => LoopDelay) | null = null;

function note({ sessions }: AppState): void {
  const at = now();
  states += 1;
  for (const { id, usedTokens } of sessions) {
    if (usedTokens === null || known.get(id) === usedTokens) continue;
    known.set(id, usedTokens);
    sightings.push([id, usedTokens, at]);
  }
  if (hasReading || known.size === 0) return;
  hasReading = true;
  tell({ kind: 'first-reading', at });
}

function answer(request: HostRequest): void {
  if (request === 'watch-loop') {
    loopDelay = watchLoop();
    return;
  }
  tell({ kind: 'report', sightings, states, loop: loopDelay?.() ?? null });
  sightings = [];
}

const [indexWorker = '', ...args] = process.argv.slice(2);
const world = nodeWorld(pathToFileURL(indexWorker));
process.on('message', answer);
process.exitCode = await runCommand(parseArguments(args, process.cwd()), {
  ...world,
  async startEngine(options) {
    const startedAt = now();
    const engine = await startEngine(options);
    tell({ kind: 'ready', startedAt, readyAt: now() });
    note(engine.state());
    engine.subscribe(note);
    return engine;
  },
});
process.disconnect();
