import { setImmediate } from 'node:timers/promises';
import { parseSegmentName } from '../export/segment-name.js';
import { storageError } from '../export/storage-error.js';
import { archiveExport, type ProcessedExport } from './archive-export.js';
import { finishInterruptedArchiving } from './interrupted-archiving.js';
import { lookAt, mostShown, type PendingFile } from './pending-files.js';
import { showPending } from './pending-display.js';
import { openPendingListing, type ListedFile } from './pending-listing.js';
import { countBatch, type BatchCounts, type BatchResult } from './batch-counts.js';
import type { PendingQueue, PendingQueueOptions, ProcessOutcome } from './queue-contract.js';
import { afterFailure, isDue, untried, usualRetryPausesMs, type FileProgress } from './retry-schedule.js';
import { serialRunner } from './serial-runner.js';
import { watchForSettledFiles } from './settled-files.js';
import { watchPendingFolder } from './watch-pending-folder.js';

const mostRemembered = 100;
/** After so many failures in a row for a cause that is the disk's, the rest of a sweep would fail too. */
const mostFailuresInARow = 20;
const causesOfAll: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);
/** Files passed over without a look at the disk, before everything else gets its turn. */
const mostPassedOver = 1_000;

/** Makes the queue of a pending folder. It does nothing until it is asked or started. */
export function createPendingQueue(options: PendingQueueOptions): PendingQueue {
  const { layout, now, log, retryPausesMs = usualRetryPausesMs } = options;
  const serially = serialRunner();
  const settled = watchForSettledFiles();
  const progress = new Map<string, FileProgress>();
  /** So that who asks for a file that a sweep has just processed gets its result. */
  const finished = new Map<string, ProcessedExport>();
  const listing = openPendingListing(layout.exportsPending, {
    onGone(name) {
      progress.delete(name);
      settled.forget(name);
      display.forget(name);
    },
  });
  const display = showPending({
    folder: layout.exportsPending,
    listing,
    progress,
    mostShown,
    onChange: options.onChange,
  });
  let sweeping: Promise<BatchResult> | null = null;
  let lookAgain = false;
  let interruptedFinished = false;
  let stopped = false;
  let paused = true;
  let wakeUp: NodeJS.Timeout | null = null;
  /** When the first of the files that a pass left may be taken, epoch milliseconds. */
  let nextDueMs = Number.POSITIVE_INFINITY;
  let stopWatching: () => void = () => undefined;
  let tellBatch: (batch: BatchResult) => void = () => undefined;

  async function list(): Promise<void> {
    await listing.refresh();
    await display.show();
  }

  function remember(result: ProcessedExport): void {
    finished.set(result.name, result);
    for (const oldest of finished.keys()) if (finished.size > mostRemembered) finished.delete(oldest);
  }

  /** Runs alone: no other file is in hand meanwhile. */
  async function take(file: PendingFile): Promise<ProcessOutcome> {
    const { name, manifest } = file;
    const before = progress.get(name) ?? untried;
    progress.set(name, { ...before, state: 'processing' });
    listing.put(file);
    display.learn(file);
    display.showSoon();
    const archived = await archiveExport(file, options).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: storageError('process an export', file.path, error) }),
    );
    if ('result' in archived) {
      progress.delete(name);
      listing.drop(name);
      remember(archived.result);
      display.showSoon();
      options.onProcessed(archived.result);
      return { kind: 'processed', result: archived.result };
    }
    const { message, mend, code } = archived.error;
    const after = afterFailure(before, `${message} ${mend}`, now().getTime(), retryPausesMs);
    const { attempts, state } = after;
    progress.set(name, after);
    nextDueMs = Math.min(nextDueMs, after.dueMs);
    if (!sweeping) scheduleWakeUp();
    display.showSoon();
    const sessionId = manifest?.sessionId ?? null;
    const failure = { name, sessionId, attempts, message, mend, code, final: state === 'failed' };
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

  function waitMs(file: ListedFile, nowMs: number): number {
    const { dueMs } = progress.get(file.name) ?? untried;
    return Math.max(settled.waitMs(file, nowMs), isDue({ dueMs }, nowMs) ? 0 : dueMs - nowMs);
  }

  function processFile(name: string, byName: boolean): Promise<ProcessOutcome> {
    return serially(async () => {
      if (stopped) return { kind: 'not-ready' };
      await finishInterrupted();
      const file = await lookAt(layout.exportsPending, name);
      if (file === 'damaged') {
        await options.onDamaged?.(name);
        return { kind: 'not-ready' };
      }
      const done = byName ? finished.get(name) : undefined;
      if (!file) {
        listing.drop(name);
        return done ? { kind: 'processed', result: done } : { kind: 'gone' };
      }
      const nowMs = now().getTime();
      if (!byName) return waitMs(file, nowMs) === 0 ? take(file) : { kind: 'not-ready' };
      return file.manifest !== null || settled.waitMs(file, nowMs) === 0 ? take(file) : { kind: 'not-ready' };
    });
  }

  /** One pass over the list; what has to wait costs no look at the disk. Notes when the next file may be taken. */
  async function passOver(batch: BatchCounts): Promise<void> {
    let failuresInARow = 0;
    let passedOver = 0;
    nextDueMs = Number.POSITIVE_INFINITY;
    for (const file of listing.files()) {
      if (stopped || failuresInARow >= mostFailuresInARow) break;
      const nowMs = now().getTime();
      const restMs = waitMs(file, nowMs);
      if (restMs > 0) {
        nextDueMs = Math.min(nextDueMs, nowMs + restMs);
        passedOver += 1;
        if (passedOver % mostPassedOver === 0) await setImmediate();
        continue;
      }
      const outcome = await processFile(file.name, false);
      if (outcome.kind === 'processed') batch.add(outcome.result);
      if (outcome.kind === 'failed') batch.addFailure();
      const isOfAll = outcome.kind === 'failed' && causesOfAll.has(outcome.failure.code);
      failuresInARow = isOfAll ? failuresInARow + 1 : 0;
      const left = listing.find(file.name);
      if (left) nextDueMs = Math.min(nextDueMs, now().getTime() + waitMs(left, now().getTime()));
    }
  }

  async function sweep(): Promise<BatchResult> {
    const batch = countBatch();
    for (;;) {
      lookAgain = false;
      for (const result of await serially(finishInterrupted)) batch.add(result);
      await list();
      await passOver(batch);
      if (!lookAgain || stopped) break;
    }
    await list();
    return batch.result();
  }

  function processAll(): Promise<BatchResult> {
    lookAgain = true;
    if (stopped) return Promise.resolve(countBatch().result());
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
    if (!Number.isFinite(nextDueMs)) return;
    wakeUp = setTimeout(sweepByItself, Math.max(50, nextDueMs + 1 - now().getTime())).unref();
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
    total: listing.count,
    find: listing.find,
    holdsSession(sessionId) {
      const prefix = sessionId.slice(0, 8).toLowerCase();
      for (const { name } of listing.files()) {
        if (parseSegmentName(name)?.sessionIdPrefix.toLowerCase() === prefix) return true;
      }
      return false;
    },
    async alone(work) {
      try {
        return await serially(work);
      } finally {
        await serially(list);
      }
    },
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
