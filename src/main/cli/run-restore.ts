import type { RestoreOutcome } from '../archive/restore-session.js';
import { restoreFromArchive } from '../engine/restore-from-archive.js';
import { StorageError } from '../export/storage-error.js';
import { keepRootDisks } from '../sessions/root-disks.js';
import { resolveSessionRoots } from '../sessions/session-roots.js';
import { oneLine } from '../support/one-line.js';
import { byteWords } from '../views/byte-words.js';
import { openRunOrSay } from './open-run.js';
import type { Command, RunOptions } from './parse-arguments.js';
import { stopAtSignal } from './stop-at-signal.js';
import type { ExitCode, World } from './world.js';

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
    const outcome = await restoreFromArchive({
      session,
      into,
      roots: roots.map(({ path }) => path),
      folders: run.paths,
      now: world.now,
      signal: stopping.signal,
    });
    switch (outcome.kind) {
      case 'unknown-session':
        await world.stderr.write(`${oneLine(outcome.message, 1000)}\n`);
        return 2;
      case 'refused':
        await world.stderr.write(
          `Not restored. ${oneLine(outcome.message, 1000)} ${oneLine(outcome.mend)}${outcome.isOfPlace ? ' Another folder is given with --to.' : ''}\n`,
        );
        return 1;
      case 'already-there':
      case 'restored':
        return await report(world, outcome);
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

/** What was restored on stdout; sidecars that were left out on stderr, with 1. */
async function report(
  { stdout, stderr }: World,
  outcome: Extract<RestoreOutcome, { readonly kind: 'restored' | 'already-there' }>,
): Promise<ExitCode> {
  const { kind, path, bytes, isStampedNow, sidecars } = outcome;
  const file = oneLine(path, 1000);
  const note = isStampedNow ? ' Its time is now, so that Claude Code does not delete it as too old.' : '';
  const words =
    kind === 'restored' ? `Restored: ${file} (${byteWords(bytes)}).${note}` : `Already there, byte for byte: ${file}`;
  await stdout.write(`${words}\n`);
  if (sidecars.restored > 0) {
    await stdout.write(
      `Restored with it: ${sidecars.restored} ${sidecars.restored === 1 ? 'file' : 'files'} of its sub-agents and tools.\n`,
    );
  }
  for (const problem of sidecars.problems) {
    const reason = `${oneLine(problem.message, 1000)} ${oneLine(problem.mend)}`;
    await stderr.write(`Left out: ${oneLine(problem.path, 300)}. ${reason}\n`);
  }
  return sidecars.problems.length > 0 ? 1 : 0;
}
