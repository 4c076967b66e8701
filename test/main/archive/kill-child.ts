import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ArchiveStep } from '../../../src/main/archive/archive-export.js';
import { archiveLayout } from '../../../src/main/archive/archive-layout.js';
import { openEntryIndex } from '../../../src/main/archive/entry-index.js';
import { createPendingQueue } from '../../../src/main/archive/pending-queue.js';
import type { ExportStep } from '../../../src/main/export/commit-segment.js';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { exportSegment } from '../../../src/main/export/segment-writer.js';
import { finishUnfinishedExports } from '../../../src/main/export/unfinished-exports.js';

/** What a child is told: where to work and before which step, at its which time, to die; null: until it is killed. */
export interface KillPlan {
  readonly contextStorage: string;
  readonly sourcePath: string;
  readonly sessionId: string;
  readonly dieBefore: { readonly step: ExportStep | ArchiveStep; readonly time: number } | null;
}

/** Starts as the app does, then exports and archives without a pause until it dies. Writes the step it dies before. */
async function exportUntilKilled({ contextStorage, sourcePath, sessionId, dieBefore }: KillPlan): Promise<never> {
  const layout = archiveLayout(contextStorage);
  const now = () => new Date();
  let seen = 0;
  const atStep = (step: ExportStep | ArchiveStep) => {
    if (step !== dieBefore?.step) return;
    seen += 1;
    if (seen < dieBefore.time) return;
    writeSync(1, step);
    process.kill(process.pid, 'SIGKILL');
  };
  await finishUnfinishedExports({
    folders: layout,
    setAside: layout.setAside,
    findSources: async () => [{ sessionId, path: sourcePath }],
    now,
    appVersion: '0.1.0',
    log: () => undefined,
  });
  const queue = createPendingQueue({
    layout,
    index: openEntryIndex({ file: layout.indexFile, workerUrl: null }),
    now,
    atStep,
    log: () => undefined,
    onChange: () => undefined,
    onProcessed: () => undefined,
    onFailed: ({ message }) => writeSync(2, message),
  });
  let ledger = await readExportLedger({ sessionId, ...layout });
  writeSync(1, 'ready ');
  for (;;) {
    const outcome = await exportSegment({
      sourcePath,
      sessionId,
      endLimit: null,
      reading: null,
      trigger: 'threshold',
      late: false,
      ledger,
      folders: layout,
      now,
      appVersion: '0.1.0',
      atStep,
    });
    if (outcome.kind === 'exported') {
      ({ ledger } = outcome);
      await queue.processOne(outcome.name);
    }
    await queue.processAll();
    await pause(2);
  }
}

await exportUntilKilled(JSON.parse(process.argv[2] ?? '{}'));
