import { askRunning } from '../control/control-client.js';
import { oneLine } from '../support/one-line.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

/** `--show`: opens the popover of the running app. */
export async function runShow(world: World, options: RunOptions): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const asked = await askRunning({
    sockets: run.paths.controlSockets,
    request: { kind: 'show' },
    timeoutMilliseconds: 5_000,
  });
  if (asked.kind === 'answered' && asked.answer.kind === 'shown') return 0;
  const message = messageOf(asked.kind === 'answered' ? asked.answer : asked);
  await world.stderr.write(`${message}\n`);
  return 1;
}

function messageOf(reason: { readonly kind: string; readonly message?: string }): string {
  if (reason.kind === 'not-running')
    return 'Context Watcher is not running. Start the app, then its popover can be shown.';
  return `The popover could not be shown: ${oneLine(reason.message ?? '')}`;
}
