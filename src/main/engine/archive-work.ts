import path from 'node:path';
import type { NewAppEvent } from '../../shared/app-state.js';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import { openArchiveSearch } from '../archive/archive-search.js';
import { openEntryIndex } from '../archive/entry-index.js';
import { createPendingQueue } from '../archive/pending-queue.js';
import type { PendingQueue } from '../archive/queue-contract.js';
import type { AskRoots } from '../sessions/ask-roots.js';
import { archiveAside } from './archive-aside.js';
import { makeArchiveJobs } from './archive-jobs.js';
import { makeArchivedList } from './archived-list.js';
import { keepArchive, type ArchiveKeeper } from './archive-keeper.js';
import { keepIndexComplete } from './complete-index.js';
import { makeArchiveDeletion } from './delete-archived.js';
import type { Engine, EngineOptions } from './engine-contract.js';
import { keepJobs, type JobList } from './job-list.js';
import { makePendingActions, type PendingActions } from './pending-actions.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';
import type { ScriptsBeside } from './scripts-beside.js';
import type { SessionTracker } from './session-tracker.js';
import { finishCrashed } from './start-up.js';
import { tellStorage } from './tell-problems.js';
import { makeTranscripts } from './transcripts.js';

/** What becomes of exports once they are written: queue, index, archive, and what is asked of them. */
export interface ArchiveWork {
  readonly queue: PendingQueue;
  readonly actions: PendingActions;
  readonly keeper: ArchiveKeeper;
  readonly jobs: JobList;
  readonly requests: Pick<
    Engine,
    | 'verifyArchive'
    | 'restoreSession'
    | 'deleteArchived'
    | 'searchArchive'
    | 'archived'
    | 'jobs'
    | 'reindex'
    | 'transcriptPage'
    | 'retryPending'
    | 'setPendingAside'
    | 'bringPendingBack'
    | 'pendingPath'
  >;
  /** Begins to process, to compress and to index what is there; nothing is touched before. */
  readonly begin: () => void;
  /** Ends what `begin` began, as long as somebody else does the exporting. */
  readonly pause: () => void;
  /** Completes or sets aside what a crash left, all of it or one segment; false where that could not be done. */
  readonly finishCrashed: (only?: string) => Promise<boolean>;
  /** Resolves when what is in hand is done and the index closed. */
  readonly stop: () => Promise<void>;
}

/** Wires the archive. Failures are problems or wait in the queue, each with its reason. */
export function wireArchive(options: {
  engine: EngineOptions;
  layout: ArchiveLayout;
  saved: SavedState;
  problems: ProblemList;
  tracker: SessionTracker;
  beside: Pick<ScriptsBeside, 'extractor' | 'holds'>;
  askRoots: AskRoots;
  isExporting: (sessionId: string) => boolean;
  /** Of a live Python daemon, which then does the exporting. */
  daemonPid: () => number | null;
  addEvent: (event: NewAppEvent) => void;
  onChange: () => void;
}): ArchiveWork {
  const { engine, layout, saved, problems, tracker, beside, askRoots, daemonPid, addEvent, onChange } = options;
  const { log, now, settings } = engine;
  const indexPlace = {
    file: layout.indexFile,
    exportsArchive: layout.exportsArchive,
    workerUrl: engine.entryIndexWorker,
  };
  const index = openEntryIndex(indexPlace);
  const maskSecrets = () => settings.current().maskSecrets;
  const search = openArchiveSearch(indexPlace, { now, maskSecrets });
  const transcripts = makeTranscripts({ folders: layout, workerUrl: engine.entryIndexWorker, maskSecrets, now, log });
  const jobs = keepJobs({ onChange, log });
  const completeIndex = keepIndexComplete({ layout, index, problems, jobs, log });
  const aside = archiveAside(engine.entryIndexWorker, layout, now);
  const wholeArchive: Pick<Engine, 'verifyArchive' | 'restoreSession' | 'reindex'> = {
    verifyArchive: aside.verify,
    async restoreSession({ session, into, ...extras }) {
      const roots = await askRoots((root) => Promise.resolve(root));
      return aside.restore({ session, into, roots }, extras);
    },
    reindex: completeIndex.rebuild,
  };
  const keeper = keepArchive({
    layout,
    saved,
    settings: settings.current,
    problems,
    addEvent,
    onChange,
    onOthers: completeIndex.follow,
    isHeld: beside.holds,
    log,
    now,
  });
  const finish = (only?: string) =>
    finishCrashed({ ...engine, layout, askRoots, problems, ...(only !== undefined && { only }) });
  const queue = createPendingQueue({
    layout,
    index,
    extractor: beside.extractor,
    now,
    log: log.info,
    onChange,
    onProcessed({ archivedTo, newMessages, sessionId }) {
      log.info(`Processed and archived: ${path.basename(archivedTo)} (${newMessages ?? 'unknown'} new messages)`);
      keeper.changed(sessionId);
    },
    onDamaged: async (only) => void (await finish(only)),
    onFolder: (trouble) => tellStorage(problems, trouble),
    onFailed: ({ message, mend, name }) => log.warn(`Processing of ${name} failed: ${message} ${mend}`),
  });
  const actions = makePendingActions({
    layout,
    queue,
    refusal: () => (daemonPid() === null ? null : 'The Python daemon does the exporting at present. Stop it first.'),
    onSegmentMoved: (prefix) => tracker.readLedgersAnew(prefix),
    onChange,
    log,
  });
  return {
    queue,
    actions,
    keeper,
    jobs,
    requests: {
      ...wholeArchive,
      jobs: makeArchiveJobs(jobs, { ...wholeArchive, goOn: completeIndex.goOn }),
      deleteArchived: transcripts.forgetting(
        makeArchiveDeletion({
          layout,
          tracker,
          archive: keeper,
          index,
          followIndex: completeIndex.follow,
          isBusy: (id) => options.isExporting(id) || queue.holdsSession(id),
          daemonPid,
          log,
        }),
      ),
      transcriptPage: transcripts.page,
      searchArchive: search.search,
      archived: makeArchivedList({ keeper, search, exportsArchive: layout.exportsArchive }),
      retryPending: actions.retry,
      setPendingAside: actions.setAside,
      bringPendingBack: actions.bringBack,
      pendingPath: actions.pathOf,
    },
    begin() {
      queue.start(({ files, newMessages, sessionIds }) =>
        addEvent({ kind: 'batch-processed', files, newMessages, sessionIds }),
      );
      keeper.start();
      completeIndex.begin();
    },
    pause() {
      queue.pause();
      keeper.pause();
    },
    finishCrashed: finish,
    async stop() {
      await jobs.stop();
      await queue.stop();
      await keeper.stop();
      await completeIndex.stop();
      await index.close();
      await search.close();
      transcripts.stop();
    },
  };
}
