import { writeSync } from 'node:fs';
import type { CompressStep } from '../../../src/main/archive/compress-piece.js';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import type { ExportFolders } from '../../../src/main/export/export-ledger.js';

/** What a child is told: what to compress, and before which step, at its which time, to die; null: until it is killed. */
export interface CompressKillPlan {
  readonly folders: ExportFolders;
  readonly setAside: string;
  readonly sessionId: string;
  readonly dieBefore: { readonly step: CompressStep; readonly time: number } | null;
}

/** Compresses a session until it dies. Writes `ready`, then the step it dies before. */
async function compressUntilKilled({ dieBefore, ...place }: CompressKillPlan): Promise<void> {
  let seen = 0;
  const atStep = (step: CompressStep) => {
    if (step !== dieBefore?.step) return;
    seen += 1;
    if (seen < dieBefore.time) return;
    writeSync(1, step);
    process.kill(process.pid, 'SIGKILL');
  };
  writeSync(1, 'ready ');
  const now = () => new Date();
  await compressSession({ ...place, now, plainForMs: 0, budgetBytes: Number.POSITIVE_INFINITY, atStep });
}

await compressUntilKilled(JSON.parse(process.argv[2] ?? '{}'));
