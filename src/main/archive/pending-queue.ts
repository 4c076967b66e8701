import type { PendingExport } from '../../shared/app-state.js';
import { storageError, type StorageError } from '../export/storage-error.js';
import { archiveExport, type ArchiveSurroundings, type ProcessedExport } from './archive-export.js';
import { finishInterruptedArchiving } from './interrupted-archiving.js';
import { describePending, listPendingFiles, lookAt, type PendingFile } from './pending-files.js';
import { displayPending } from './pending-display.js';
import { afterFailure, isDue, untried, usualRetryPausesMs, type FileProgress } from './retry-schedule.js';
import { serialRunner } from './serial-runner.js';
import { watchForSettledFiles } from './settled-files.js';
import { watchPendingFolder } from './watch-pending-folder.js';

/** A file whose processing failed; it stays in the pending folder and is tried again. */
export interface FailedExport {
  readonly name: string;
  readonly sessionId: string | null;
  readonly attempts: number;
  readonly message: string;
  readonly mend: string;
  /** The growing pauses are used up: from now on hourly, or when the user asks. */
  readonly final: boolean;
}

/** What a sweep over the pending folder did. `newMessages` is null when no file's count is known. */
export interface BatchResult {
  readonly files: number;
  readonly newMessages: number | null;
  readonly failed: number;
}

/** What came of one file. `not-ready`: a loose file that is still being written, or a queue that was stopped. */
type ProcessOutcome =
  | { readonly kind: 'processed'; readonly result: ProcessedExport }
  | { readonly kind: 'failed'; readonly failure: FailedExport }
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'gone' };

/** What the queue works with and whom it tells. */
export interface PendingQueueOptions extends ArchiveSurroundings {
  readonly log: (message: string) => void;
  readonly onChange: (pending: readonly PendingExport[]) => void;
  readonly onProcessed: (result: ProcessedExport) => void;
  readonly onFailed: (failure: FailedExport) => void;
  /** After each sweep of its own: what kept it from looking at the folder, or null. */
  readonly onFolder?: (trouble: StorageError | null) => void;
  readonly retryPausesMs?: readonly number[];
}

/** The pending folder as a queue: one file at a time, oldest first. */
export interface PendingQueue {
  /** Processes everything now, every 60 s and when the folder changes; tells of each sweep that processed a file. */
  readonly start: (onBatch: (batch: BatchResult) => void) => void;
  /** Ends what `start` began, as long as somebody else does the processing; the file in hand is finished. */
  readonly pause: () => void;
  /** Lists the folder again and touches nothing. */
  readonly refresh: () => Promise<void>;
  /** Processes all that is due. A call during a sweep joins it; the sweep then looks at the folder once more. */
  readonly processAll: () => Promise<BatchResult>;
  /** Processes one file, due or not: after the file in hand, before the rest of a sweep. Answers for one just done too. */
  readonly processOne: (name: string) => Promise<ProcessOutcome>;
  /** Processes all, without waiting for the pauses of failed files. */
  readonly retryNow: () => Promise<BatchResult>;
  readonly pending: () => readonly PendingExport[];
  /** Ends the file in hand and all timers. */
  readonly stop: () => Promise<void>;
}

const mostRemembered = 100;

/** Makes the queue of a pending folder. It does nothing until it is asked or started. */
export function createPendingQueue(options: PendingQueueOptions): PendingQueue {
  const { layout, now, log, retryPausesMs = usualRetryPausesMs } = options;
  const serially = serialRunner();
  const settled = watchForSettledFiles();
  const progress = new Map<string, FileProgress>();
  /** So that who asks for a file that a sweep has just processed gets its result. */
  const finished = new Map<string, ProcessedExport>();
  let files = new Map<string, PendingFile>();
  const display = displayPending(
    () => [...files.values()].map((file) => describePending(file, progress.get(file.name) ?? untried)),
    options.onChange,
  );
  let sweeping: Promise<BatchResult> | null = null;
  let lookAgain = false;
  let interruptedFinished = false;
  let stopped = false;
  let paused = true;
  let wakeUp: NodeJS.Timeout | null = null;
  let stopWatching: () => void = () => undefined;
  let tellBatch: (batch: BatchResult) => void = () => undefined;

  async function list(): Promise<void> {
    const found = await listPendingFiles(layout.exportsPending);
    files = new Map(found.map((file) => [file.name, file]));
    for (const name of progress.keys()) if (!files.has(name)) progress.delete(name);
    settled.keepOnly(found);
    display.show();
  }

  function remember(result: ProcessedExport): void {
    finished.set(result.name, result);
    for (const oldest of finished.keys()) if (finished.size > mostRemembered) finished.delete(oldest);
  }

  /** Runs alone: no other file is in hand meanwhile. */
  async function take(file: PendingFile): Promise<ProcessOutcome> {
    const { name, manifest } = file;
    const before = progress.get(name) ?? untried;
    files.set(name, file);
    progress.set(name, { ...before, state: 'processing' });
    display.showSoon();
    const archived = await archiveExport(file, options).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: storageError('process an export', file.path, error) }),
    );
    if ('result' in archived) {
      progress.delete(name);
      files.delete(name);
      remember(archived.result);
      display.showSoon();
      options.onProcessed(archived.result);
      return { kind: 'processed', result: archived.result };
    }
    const { message, mend } = archived.error;
    const after = afterFailure(before, `${message} ${mend}`, now().getTime(), retryPausesMs);
    const { attempts, state } = after;
    progress.set(name, after);
    display.showSoon();
    const sessionId = manifest?.sessionId ?? null;
    const failure = { name, sessionId, attempts, message, mend, final: state === 'failed' };
    options.onFailed(failure);
    return { kind: 'failed', failure };
  }

  /** Once a run, before the first file; runs alone. */
  async function finishInterrupted(): Promise<readonly ProcessedExport[]> {
    if (interruptedFinished) return [];
    try {
      const results = await finishInterruptedArchiving(options);
      interruptedFinished = true;
      for (const result of results) options.onProcessed(result);
      return results;
    } catch (error) {
      log(`Could not finish what the last run left, trying again with the next sweep: ${String(error)}`);
      return [];
    }
  }

  function processFile(name: string, byName: boolean): Promise<ProcessOutcome> {
    return serially(async () => {
      if (stopped) return { kind: 'not-ready' };
      await finishInterrupted();
      const file = await lookAt(layout.exportsPending, name);
      const done = byName ? finished.get(name) : undefined;
      if (!file) return done ? { kind: 'processed', result: done } : { kind: 'gone' };
      const nowMs = now().getTime();
      const settledNow = settled.waitMs(file, nowMs) === 0 || (byName && file.manifest !== null);
      const due = byName || isDue(progress.get(name) ?? untried, nowMs);
      return due && settledNow ? take(file) : { kind: 'not-ready' };
    });
  }

  async function sweep(): Promise<BatchResult> {
    const results: ProcessedExport[] = [];
    let failed = 0;
    for (;;) {
      lookAgain = false;
      results.push(...(await serially(finishInterrupted)));
      await list();
      for (const name of Array.from(files.keys())) {
        if (stopped) break;
        const outcome = await processFile(name, false);
        if (outcome.kind === 'processed') results.push(outcome.result);
        if (outcome.kind === 'failed') failed += 1;
      }
      if (!lookAgain || stopped) break;
    }
    await list();
    const counts = results.map(({ newMessages }) => newMessages).filter((count) => count !== null);
    const newMessages = counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : null;
    return { files: results.length, newMessages, failed };
  }

  function processAll(): Promise<BatchResult> {
    lookAgain = true;
    if (stopped) return Promise.resolve({ files: 0, newMessages: null, failed: 0 });
    sweeping ??= sweep().finally(() => {
      sweeping = null;
      scheduleWakeUp();
    });
    return sweeping;
  }

  function sweepByItself(): void {
    processAll().then(
      (batch) => {
        options.onFolder?.(null);
        if (batch.files > 0) tellBatch(batch);
      },
      (error: unknown) => options.onFolder?.(storageError('look at the pending exports', layout.exportsPending, error)),
    );
  }

  /** For the next retry and for loose files that were still fresh. */
  function scheduleWakeUp(): void {
    if (wakeUp) clearTimeout(wakeUp);
    wakeUp = null;
    if (stopped || paused) return;
    const nowMs = now().getTime();
    const waits = [...files.values()].map((file) =>
      Math.max(settled.waitMs(file, nowMs), (progress.get(file.name)?.dueMs ?? 0) - nowMs),
    );
    const soonestMs = waits.reduce((least, wait) => Math.min(least, wait), Number.POSITIVE_INFINITY);
    if (Number.isFinite(soonestMs)) wakeUp = setTimeout(sweepByItself, Math.max(50, soonestMs)).unref();
  }

  return {
    start(onBatch) {
      tellBatch = onBatch;
      paused = false;
      stopWatching();
      stopWatching = watchPendingFolder(layout.exportsPending, sweepByItself, log);
      sweepByItself();
    },
    pause() {
      paused = true;
      stopWatching();
      if (wakeUp) clearTimeout(wakeUp);
    },
    refresh: () => serially(list),
    processAll,
    processOne: (name) => processFile(name, true),
    retryNow() {
      for (const [name, known] of progress) progress.set(name, { ...known, dueMs: 0 });
      return processAll();
    },
    pending: display.shown,
    async stop() {
      stopped = true;
      stopWatching();
      if (wakeUp) clearTimeout(wakeUp);
      display.stop();
      await sweeping?.catch(() => undefined);
      await serially(() => Promise.resolve());
    },
  };
}
