import { restoreSession } from '../archive/restore-session.js';
import { StorageError } from '../export/storage-error.js';
import { keepRootDisks } from '../sessions/root-disks.js';
import { resolveSessionRoots } from '../sessions/session-roots.js';
import { oneLine } from '../support/one-line.js';
import { sizeText } from '../views/size-text.js';
import { openRunOrSay } from './open-run.js';
import type { Command, RunOptions } from './parse-arguments.js';
import { stopAtSignal } from './stop-at-signal.js';
import type { ExitCode, World } from './world.js';

/** What the client keeps transcripts for unless its settings say otherwise. */
const cleanupDays = 30;

/** `--restore`: rebuilds a session from the archive, beside whatever runs. 1 where that was refused or failed, 2 for an unknown session. */
export async function runRestore(
  world: World,
  options: RunOptions,
  { session, into }: Extract<Command, { readonly name: 'restore' }>,
): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const stopping = stopAtSignal(world);
  try {
    const { homeFolder, environment } = world.facts;
    const { claudeFolders } = options;
    const { extraRoots } = run.settings.current();
    const roots = await resolveSessionRoots({ homeFolder, environment, claudeFolders, extraRoots }, keepRootDisks());
    const outcome = await restoreSession({
      session,
      into,
      roots: roots.map(({ path }) => path),
      folders: run.paths,
      cleanupDays,
      now: world.now,
      signal: stopping.signal,
    });
    switch (outcome.kind) {
      case 'unknown-session':
        await world.stderr.write(`${oneLine(outcome.message, 1000)}\n`);
        return 2;
      case 'refused':
        await world.stderr.write(`Not restored. ${oneLine(outcome.message, 1000)} ${oneLine(outcome.mend)}\n`);
        return 1;
      case 'already-there':
        await world.stdout.write(`Already there, byte for byte: ${oneLine(outcome.path, 1000)}\n`);
        return 0;
      case 'restored': {
        const note = outcome.isStampedNow ? ' Its time is now, so that Claude Code does not delete it as too old.' : '';
        await world.stdout.write(`Restored: ${oneLine(outcome.path, 1000)} (${sizeText(outcome.bytes)}).${note}\n`);
        return 0;
      }
    }
  } catch (error) {
    if (stopping.signal.aborted) await world.stderr.write('Stopped. Nothing was restored.\n');
    else if (error instanceof StorageError)
      await world.stderr.write(`${oneLine(error.message, 1000)} ${oneLine(error.mend)}\n`);
    else throw error;
    return 1;
  } finally {
    stopping.forget();
  }
}
