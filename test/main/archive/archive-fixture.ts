import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PendingExport } from '../../../src/shared/app-state.js';
import { archiveLayout, type ArchiveLayout } from '../../../src/main/archive/archive-layout.js';
import type { ProcessedExport } from '../../../src/main/archive/archive-export.js';
import { openEntryIndex, type EntryIndex } from '../../../src/main/archive/entry-index.js';
import type { BatchResult } from '../../../src/main/archive/batch-counts.js';
import { createPendingQueue } from '../../../src/main/archive/pending-queue.js';
import type { FailedExport, PendingQueue, PendingQueueOptions } from '../../../src/main/archive/queue-contract.js';
import { makeExportFixture, type ExportFixture } from '../export/export-fixture.js';

/** A context storage with its queue, an index in this thread, and a clock the test moves. */
export interface ArchiveFixture extends Omit<ExportFixture, 'remove'> {
  readonly layout: ArchiveLayout;
  readonly index: EntryIndex;
  readonly queue: PendingQueue;
  /** A queue of its own over the same folders, as after a restart. */
  readonly makeQueue: (change?: Partial<PendingQueueOptions>) => PendingQueue;
  readonly processed: ProcessedExport[];
  readonly failures: FailedExport[];
  readonly changes: (readonly PendingExport[])[];
  readonly clock: { nowMs: number };
  readonly dropLoose: (name: string, text: string, ageSeconds?: number) => Promise<void>;
  /** Loose files are seen, then 2 s go by, then they are taken. */
  readonly processAfterRest: () => Promise<BatchResult>;
  readonly reports: () => Promise<readonly Record<string, unknown>[]>;
  /** Every file below the archive. */
  readonly archived: () => Promise<readonly string[]>;
  readonly remove: () => Promise<void>;
}

/** In the folder given, else where the system keeps temporary files. */
export async function makeArchiveFixture(parent?: string): Promise<ArchiveFixture> {
  const exporting = await makeExportFixture(parent);
  const layout = archiveLayout(path.join(exporting.folder, 'context-storage'));
  const clock = { nowMs: Date.parse('2026-11-01T10:20:30Z') };
  const index = openEntryIndex({ file: layout.indexFile, workerUrl: null });
  const processed: ProcessedExport[] = [];
  const failures: FailedExport[] = [];
  const changes: (readonly PendingExport[])[] = [];
  const queues: PendingQueue[] = [];
  function makeQueue(change: Partial<PendingQueueOptions> = {}): PendingQueue {
    const queue = createPendingQueue({
      layout,
      index,
      now: () => new Date(clock.nowMs),
      log: () => undefined,
      onChange: (pending) => changes.push(pending),
      onProcessed: (result) => processed.push(result),
      onFailed: (failure) => failures.push(failure),
      ...change,
    });
    queues.push(queue);
    return queue;
  }
  const queue = makeQueue();
  return {
    ...exporting,
    layout,
    index,
    queue,
    makeQueue,
    processed,
    failures,
    changes,
    clock,
    async dropLoose(name, text, ageSeconds = 60) {
      await mkdir(layout.exportsPending, { recursive: true });
      const file = path.join(layout.exportsPending, name);
      await writeFile(file, text);
      const at = new Date(Date.now() - ageSeconds * 1000);
      await utimes(file, at, at);
    },
    async processAfterRest() {
      await queue.processAll();
      clock.nowMs += 2000;
      return queue.processAll();
    },
    async reports() {
      const names = (await readdir(layout.processingReports).catch(() => [])).toSorted();
      const texts = names.map((name) => readFile(path.join(layout.processingReports, name), 'utf8'));
      return (await Promise.all(texts)).map((text) => JSON.parse(text));
    },
    async archived() {
      const entries = await readdir(layout.exportsArchive, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(layout.exportsArchive, path.join(entry.parentPath, entry.name)))
        .toSorted();
    },
    async remove() {
      for (const made of queues) await made.stop();
      await index.close();
      await exporting.remove();
    },
  };
}
