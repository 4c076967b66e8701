import { existsSync } from 'node:fs';
import { archiveLayout } from '../archive/archive-layout.js';
import { openEntryIndex } from '../archive/entry-index.js';
import type { IndexedArchive, IndexProgress } from '../archive/index-archive.js';
import { StorageError } from '../export/storage-error.js';
import { oneLine } from '../support/one-line.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

const pauseMilliseconds = 2_000;

/**
 * `--reindex`: builds the index anew from the archive alone, also beside a running app, and says how far it is. A signal
 * ends it after the piece in hand; the app reads the rest when it starts the next time.
 */
export async function runReindex(world: World, options: RunOptions): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const layout = archiveLayout(run.paths.contextStorage);
  if (!existsSync(layout.indexFile) && !existsSync(layout.exportsArchive)) {
    await world.stdout.write('Nothing is archived yet, so there is nothing to index.\n');
    return 0;
  }
  const index = openEntryIndex({ file: layout.indexFile, workerUrl: world.entryIndexWorker });
  const control = new AbortController();
  const forget = world.onSignal(() => control.abort());
  const onProgress = pacedProgress(world);
  try {
    const request = { folders: layout, fromScratch: true };
    return await report(world, await index.indexArchive(request, { signal: control.signal, onProgress }));
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    await world.stderr.write(`${error.message} ${error.mend}\n`);
    return 1;
  } finally {
    forget();
    await index.close();
  }
}

function pacedProgress(world: World): (progress: IndexProgress) => void {
  let last = world.now().getTime();
  return ({ done, all }) => {
    const now = world.now().getTime();
    if (now - last < pauseMilliseconds) return;
    last = now;
    void world.stderr.write(`Indexed ${done.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} exports\n`);
  };
}

async function report(world: World, { pieces, messages, failed, isCancelled }: IndexedArchive): Promise<ExitCode> {
  for (const { message, mend } of failed) await world.stderr.write(`${oneLine(message)} ${oneLine(mend)}\n`);
  const counts = `${messages.toLocaleString('en-US')} messages of ${pieces.toLocaleString('en-US')} exports`;
  if (isCancelled) {
    await world.stderr.write(
      `Ended early: ${counts} are indexed. The rest is when the app starts, or with --reindex.\n`,
    );
    return 1;
  }
  await world.stdout.write(`Indexed ${counts}.\n`);
  return failed.length > 0 ? 1 : 0;
}
