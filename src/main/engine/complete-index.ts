import type { ArchiveLayout } from '../archive/archive-layout.js';
import type { EntryIndex } from '../archive/entry-index.js';
import { needsIndexing } from '../archive/index-state.js';
import { StorageError } from '../export/storage-error.js';
import type { Log } from '../support/log.js';
import type { ProblemList } from './problem-list.js';

/** Sees to it that all that is archived stands in the index. */
export interface CompleteIndex {
  /** Reads in the background what a deleted, damaged or older index lacks; where it lacks nothing, SQLite is not even loaded. */
  readonly begin: () => void;
  /** Ends it after the piece in hand; the rest is read at the next start. */
  readonly stop: () => Promise<void>;
}

/** What can't be read becomes a problem; the rest is indexed all the same. */
export function keepIndexComplete(options: {
  readonly layout: ArchiveLayout;
  readonly index: Pick<EntryIndex, 'indexArchive'>;
  readonly problems: ProblemList;
  readonly log: Log;
}): CompleteIndex {
  const { layout, index, problems, log } = options;
  const control = new AbortController();
  let running: Promise<void> | null = null;

  async function complete(): Promise<void> {
    if (!(await needsIndexing(layout.indexFile, layout.exportsArchive))) return;
    log.info('The index lacks what is archived; building it from the archive.');
    const request = { folders: layout, fromScratch: false };
    const { pieces, messages, failed, isCancelled } = await index.indexArchive(request, { signal: control.signal });
    if (isCancelled) return log.info('The index is built on at the next start.');
    log.info(`Indexed ${messages} messages of ${pieces} archived exports.`);
    const [first] = failed;
    if (first === undefined) return problems.clear(code);
    const more = failed.length === 1 ? '' : ` (and ${failed.length - 1} more)`;
    problems.report({ code, message: `${first.message}${more} It can't be searched.`, mend: first.mend });
  }

  async function tellFailure(): Promise<void> {
    try {
      await complete();
    } catch (error) {
      const message = `The index could not be built: ${error instanceof Error ? error.message : String(error)}`;
      const mend = error instanceof StorageError ? error.mend : 'Run with --reindex, or look at the log.';
      problems.report({ code, message, mend });
    }
  }

  return {
    begin() {
      running ??= tellFailure().finally(() => {
        running = null;
      });
    },
    async stop() {
      control.abort();
      await running;
    },
  };
}

const code = 'index-incomplete';
