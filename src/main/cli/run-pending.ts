import { archiveLayout } from '../archive/archive-layout.js';
import { listPendingExports } from '../archive/pending-files.js';
import { listSetAside } from '../archive/set-aside.js';
import { askRunning } from '../control/control-client.js';
import { StorageError } from '../export/storage-error.js';
import { pendingText, type PendingView } from '../views/pending-text.js';
import { openRunOrSay, type OpenRun } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

const answerMilliseconds = 5_000;

/**
 * `--pending`: what waits to be archived, with attempts and reasons where an instance runs, and what was set aside; in words
 * or as one JSON object. Of very many files the oldest 200 and their number. Touches nothing.
 */
export async function runPending(world: World, options: RunOptions, json: boolean): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  try {
    const view = (await askForIt(run)) ?? (await lookForIt(run));
    await world.stdout.write(json ? `${JSON.stringify(view)}\n` : pendingText(view));
    return 0;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    await world.stderr.write(`${error.message} ${error.mend}\n`);
    return 1;
  }
}

async function askForIt({ paths }: OpenRun): Promise<PendingView | null> {
  const asked = await askRunning({
    sockets: paths.controlSockets,
    request: { kind: 'status' },
    timeoutMilliseconds: answerMilliseconds,
  });
  if (asked.kind !== 'answered' || asked.answer.kind !== 'status') return null;
  const { pendingExports: pending, pendingTotal: total, setAside } = asked.answer.state;
  return { total, pending, setAside };
}

async function lookForIt({ paths }: OpenRun): Promise<PendingView> {
  const layout = archiveLayout(paths.contextStorage);
  const { shown: pending, total } = await listPendingExports(layout.exportsPending);
  return { total, pending, setAside: await listSetAside(layout) };
}
