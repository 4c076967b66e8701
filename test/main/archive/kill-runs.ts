import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { seededRandom, type SeededRandom } from '../../bench/seeded-random.js';
import { sessionId } from '../export/export-fixture.js';
import { buildForNode } from './build-for-node.js';
import type { KillPlan, KillStep } from './kill-child.js';
import { makeKillScene, type KillScene } from './kill-scene.js';
import type { PowerCutFault } from './power-cut-journal.js';
import { cutPower, readNames } from './power-cut.js';

/** The steps of export and archiving in their order, from before the first byte to after the last rename. */
export const killSteps: readonly KillStep[] = [
  'open-source',
  'write-sidecar',
  'flush-sidecar',
  'first-byte',
  'flush-segment',
  'write-draft',
  'publish-segment',
  'publish-sidecars',
  'flush-folder',
  'commit-manifest',
  'flush-commit',
  'index',
  'copy-manifest',
  'move-sidecars',
  'move',
  'remove-manifest',
  'report',
  'settle',
  'done',
];

/** The steps of a compression, which follow those where the power is not cut. */
export const compressSteps: readonly KillStep[] = [
  'compress',
  'flush-compressed',
  'read-back',
  'publish-compressed',
  'flush-compressed-name',
  'remove-plain',
];

const allSteps: ReadonlySet<string> = new Set([...killSteps, ...compressSteps]);

/** How often and how to kill. */
export interface KillRuns {
  readonly seed: number;
  /** At least so many kills in all. */
  readonly kills: number;
  /** At least so many within each of these steps. */
  readonly perStep: number;
  readonly steps: readonly KillStep[];
  /** At most so many kills, however few a step has got. */
  readonly most: number;
  /** Whether each kill takes back what was not flushed; null: it doesn't. */
  readonly powerCut: { readonly fault: PowerCutFault | null } | null;
}

/** What came of it. */
export interface KillResult {
  readonly kills: number;
  /** By the last step that a child had begun; `start`, while it mended what another had left, before its first. */
  readonly diedWithin: ReadonlyMap<string, number>;
  /** One sentence for each thing that is wrong. */
  readonly wrong: readonly string[];
}

const killsPerStorage = 30;
const atOnce = 2;
const longestLifeMs = 20_000;

/** Kills children at seeded moments, two at a time on storages of their own, and says what they have lost or doubled. */
export async function killAgainAndAgain({
  seed,
  kills,
  perStep,
  steps,
  most,
  powerCut,
}: KillRuns): Promise<KillResult> {
  const child = await buildForNode('test/main/archive/kill-child.ts');
  const killThread = (await buildForNode('test/main/archive/kill-thread.ts')).href;
  const layer = powerCut ? await buildForNode('test/main/archive/power-cut-layer.ts') : null;
  const diedWithin = new Map<string, number>();
  const wrong: string[] = [];
  let done = 0;
  let begun = 0;

  /** The step that lacks most, as long as any does; else any moment. */
  function nextMoment(random: SeededRandom): Pick<KillPlan, 'dieWithin'> {
    const lacks = (step: KillStep) => perStep - (diedWithin.get(step) ?? 0);
    const step = steps.toSorted((one, other) => lacks(other) - lacks(one))[random.whole(0, 1)] ?? 'done';
    if (lacks(step) <= 0 || random.whole(0, 4) === 0) return { dieWithin: null };
    return { dieWithin: { step, time: random.whole(2, 4), share: random.share() } };
  }

  const isEnough = () =>
    begun >= most || (begun >= kills && steps.every((step) => (diedWithin.get(step) ?? 0) >= perStep));

  async function killOnce(scene: KillScene, random: SeededRandom): Promise<void> {
    const { contextStorage, sourcePath, notes } = scene;
    const compresses = powerCut === null;
    const plan = { contextStorage, sourcePath, sessionId, compresses, killThread, ...nextMoment(random) };
    const before = powerCut ? readNames(contextStorage) : null;
    mkdirSync(notes, { recursive: true });
    const { said, complained } = await runUntilDead(child, plan, random, {
      arguments: layer ? ['--import', layer.href] : [],
      environment: {
        POWER_CUT_STORAGE: contextStorage,
        POWER_CUT_RECORDS: notes,
        POWER_CUT_FAULT: powerCut?.fault ?? '',
      },
    });
    if (complained !== '') wrong.push(complained);
    if (before) cutPower({ storage: contextStorage, records: notes, before, random });
    rmSync(notes, { recursive: true });
    const begunSteps = said.filter((line) => allSteps.has(line));
    const within = begunSteps.at(-1) ?? 'start';
    diedWithin.set(within, (diedWithin.get(within) ?? 0) + 1);
    const promised = said.filter((line) => line.startsWith('exported ')).map((line) => line.slice('exported '.length));
    wrong.push(...(await scene.lostOf(promised)));
    done += 1;
  }

  async function lane(random: SeededRandom): Promise<void> {
    while (!isEnough()) {
      const scene = await makeKillScene(quickDisk(), random);
      try {
        for (let kill = 0; kill < killsPerStorage && !isEnough(); kill += 1) {
          begun += 1;
          await killOnce(scene, random);
        }
        wrong.push(...(await scene.finish(powerCut !== null)));
      } finally {
        await scene.remove();
      }
    }
  }

  await Promise.all(Array.from({ length: atOnce }, (_, index) => lane(seededRandom(seed + index))));
  return { kills: done, diedWithin, wrong };
}

/** The counts as a person reads them, each step on a line. */
export function describeKills({ kills, diedWithin }: KillResult): string {
  const lines = ['start', ...allSteps].map((step) => `  ${step}: ${diedWithin.get(step) ?? 0}`);
  return [`${kills} kills, each within the step it had begun last:`, ...lines].join('\n');
}

/** Runs a child until it is dead; answers the whole lines that it said. */
async function runUntilDead(
  script: URL,
  plan: KillPlan,
  random: SeededRandom,
  start: { readonly arguments: readonly string[]; readonly environment: NodeJS.ProcessEnv },
): Promise<{ readonly said: readonly string[]; readonly complained: string }> {
  const child = spawn(process.execPath, [...start.arguments, fileURLToPath(script), JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...start.environment },
  });
  const anyMomentMs = random.whole(0, 200);
  let said = '';
  let complained = '';
  child.stderr.on('data', (data) => (complained += data));
  child.stdout.on('data', (data) => {
    if (said === '' && plan.dieWithin === null) setTimeout(() => child.kill('SIGKILL'), anyMomentMs);
    said += data;
  });
  const watchdog = setTimeout(() => child.kill('SIGKILL'), longestLifeMs);
  const signal = await new Promise((resolve) => {
    child.once('close', (_, by) => resolve(by));
  });
  clearTimeout(watchdog);
  if (signal !== 'SIGKILL') complained += `A child ended by itself (${String(signal)}).`;
  return { said: said.split('\n').slice(0, -1), complained };
}

/** Memory where the system offers it as a disk: what is tested is the order of calls, and a flush there takes no time. */
function quickDisk(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}
