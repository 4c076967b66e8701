import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CompressStep } from '../../../src/main/archive/compress-piece.js';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import type { ArchiveStep } from '../../../src/main/archive/archive-export.js';
import { archiveLayout } from '../../../src/main/archive/archive-layout.js';
import { openEntryIndex } from '../../../src/main/archive/entry-index.js';
import { createPendingQueue } from '../../../src/main/archive/pending-queue.js';
import type { ExportStep } from '../../../src/main/export/commit-segment.js';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { exportSegment } from '../../../src/main/export/segment-writer.js';
import { finishUnfinishedExports } from '../../../src/main/export/unfinished-exports.js';
import { makeKillClock, setKillClock } from './kill-clock.js';

/** A step of export, archiving or compression, by name. */
export type KillStep = ExportStep | ArchiveStep | CompressStep;

/** What a child is told: where to work, and where to die. */
export interface KillPlan {
  readonly contextStorage: string;
  readonly sourcePath: string;
  readonly sessionId: string;
  /** Whether it compresses what it has archived. */
  readonly compresses: boolean;
  /** Address of the script of the thread that ends the child. */
  readonly killThread: string;
  /**
   * Within which step, at its which time (2 or more), and at what share of the time that it took before. Null: at any
   * moment, by another process.
   */
  readonly dieWithin: { readonly step: KillStep; readonly time: number; readonly share: number } | null;
}

/**
 * Starts as the app does, then exports, archives and compresses without a pause until it dies. Says `begun` first, each step
 * at its start, and with `exported NAME` what it promises to have kept.
 */
async function exportUntilKilled({
  contextStorage,
  sourcePath,
  sessionId,
  compresses,
  killThread,
  dieWithin,
}: KillPlan): Promise<never> {
  const layout = archiveLayout(contextStorage);
  const now = () => new Date();
  const clock = makeKillClock();
  // The thread lives until the process dies; nothing of what the process was started with concerns it.
  const killer = dieWithin ? new Worker(new URL(killThread), { workerData: clock, execArgv: [] }) : null;
  killer?.unref();
  const say = (line: string) => writeSync(1, `${line}\n`);
  say('begun');
  let running: KillStep | null = null;
  let since = 0n;
  let seen = 0;
  let took = 0n;
  const atStep = (step: KillStep) => {
    if (dieWithin && running === dieWithin.step) {
      seen += 1;
      took = process.hrtime.bigint() - since;
    }
    say(step);
    running = step;
    since = process.hrtime.bigint();
    if (step !== dieWithin?.step || seen < dieWithin.time - 1) return;
    setKillClock(clock, since + BigInt(Math.round(Number(took) * dieWithin.share)));
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
  const compression = {
    sessionId,
    folders: layout,
    setAside: layout.setAside,
    plainForMs: 0,
    budgetBytes: Number.POSITIVE_INFINITY,
  };
  let ledger = await readExportLedger({ sessionId, ...layout });
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
      say(`exported ${outcome.name}`);
      ({ ledger } = outcome);
      await queue.processOne(outcome.name);
    }
    await queue.processAll();
    if (compresses) await compressSession({ ...compression, now, atStep });
    await pause(2);
  }
}

await exportUntilKilled(JSON.parse(process.argv[2] ?? '{}'));
