import { existsSync } from 'node:fs';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import type { EntryIndex } from '../archive/entry-index.js';
import type { CallExtras } from '../archive/entry-service.js';
import type { IndexedArchive } from '../archive/index-archive.js';
import { needsIndexing } from '../archive/index-state.js';
import { StorageError } from '../export/storage-error.js';
import type { Log } from '../support/log.js';
import { indexedResult, indexing } from './job-results.js';
import type { JobList } from './job-list.js';
import type { ProblemList } from './problem-list.js';

/** Sees to it that all that is archived stands in the index. */
export interface CompleteIndex {
  /** Reads in the background what a deleted, damaged or older index lacks; where it lacks nothing, SQLite is not even loaded. */
  readonly begin: () => void;
  /** Brings the index in line with the archive in the background, after sessions came or went. */
  readonly follow: () => void;
  /** The same at the user's wish, without a look beforehand whether it lacks anything: of a running app the file's head lags behind. */
  readonly goOn: () => void;
  /**
   * Builds the index anew from the archive alone. A second call joins the one that runs. Ended by its signal, it keeps what
   * was read, and the rest is read at the next start. Rejects with a `StorageError` where the index or the archive can't be used.
   */
  readonly rebuild: (how: Partial<CallExtras>) => Promise<IndexedArchive>;
  /** Ends it after the piece in hand; the rest is read at the next start. */
  readonly stop: () => Promise<void>;
}

/** `change`: sessions came or went while the app ran. */
type Reason = 'start' | 'change' | 'wish';

/** What can't be read becomes a problem; the rest is indexed all the same. */
export function keepIndexComplete(options: {
  readonly layout: ArchiveLayout;
  readonly index: Pick<EntryIndex, 'indexArchive'>;
  readonly problems: ProblemList;
  readonly jobs: Pick<JobList, 'run'>;
  readonly log: Log;
}): CompleteIndex {
  const { layout, index, problems, jobs, log } = options;
  const stopping = new AbortController();
  let completing: { readonly control: AbortController; readonly done: Promise<void> } | null = null;
  let rebuilding: Promise<IndexedArchive> | null = null;
  let isWantedAgain = false;

  async function build(fromScratch: boolean, how: Partial<CallExtras>): Promise<IndexedArchive> {
    const signal = AbortSignal.any([stopping.signal, ...(how.signal ? [how.signal] : [])]);
    const indexed = await index.indexArchive({ folders: layout, fromScratch }, { ...how, signal });
    if (indexed.isCancelled) log.info('The index is built on at the next start.');
    else tellIndexed(indexed);
    return indexed;
  }

  function tellIndexed({ pieces, messages, failed }: IndexedArchive): void {
    if (pieces > 0) log.info(`Indexed ${messages} messages of ${pieces} archived exports.`);
    const [first] = failed;
    if (first === undefined) return problems.clear(code);
    const more = failed.length === 1 ? '' : ` (and ${failed.length - 1} more)`;
    problems.report({ code, message: `${first.message}${more} It can't be searched.`, mend: first.mend });
  }

  async function mustRead(reason: Reason): Promise<boolean> {
    if (reason === 'wish') return true;
    if (await needsIndexing(layout.indexFile, layout.exportsArchive)) return true;
    return reason === 'change' && existsSync(layout.indexFile);
  }

  async function complete(reason: Reason, signal: AbortSignal): Promise<void> {
    try {
      if (!(await mustRead(reason))) return;
      // A few sessions that came or went are no work to watch.
      if (reason === 'change') return void (await build(false, { signal }));
      log.info('The index lacks what is archived; building it from the archive.');
      await jobs.run({
        kind: 'index',
        work(how) {
          const extras = indexing(how);
          return build(false, { ...extras, signal: AbortSignal.any([signal, how.signal]) });
        },
        resultOf: indexedResult,
        isQuiet: true,
      });
    } catch (error) {
      const message = `The index could not be built: ${error instanceof Error ? error.message : String(error)}`;
      const mend = error instanceof StorageError ? error.mend : 'Run with --reindex, or look at the log.';
      problems.report({ code, message, mend });
    }
  }

  function start(reason: Reason): void {
    if (stopping.signal.aborted || completing || rebuilding) return;
    const control = new AbortController();
    const done = complete(reason, control.signal).finally(() => {
      completing = null;
      startAgain();
    });
    completing = { control, done };
  }

  /** What has changed while the archive was read may have been missed. */
  function startAgain(): void {
    if (!isWantedAgain || completing || rebuilding) return;
    isWantedAgain = false;
    start('change');
  }

  async function rebuild(how: Partial<CallExtras>): Promise<IndexedArchive> {
    // Two that read the same archive into one index would read all of it twice.
    completing?.control.abort();
    await completing?.done;
    log.info('Building the index anew from the archive.');
    return build(true, how);
  }

  return {
    begin: () => start('start'),
    follow() {
      if (completing || rebuilding) isWantedAgain = true;
      else start('change');
    },
    goOn: () => start('wish'),
    rebuild(how) {
      rebuilding ??= rebuild(how).finally(() => {
        rebuilding = null;
        startAgain();
      });
      return rebuilding;
    },
    async stop() {
      stopping.abort();
      await completing?.done;
      // Whoever asked for it hears why it failed.
      await rebuilding?.catch(() => undefined);
    },
  };
}

const code = 'index-incomplete';
