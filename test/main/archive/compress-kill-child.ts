import type { CompressStep } from '../../../src/main/archive/compress-piece.js';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import type { ExportFolders } from '../../../src/main/export/export-ledger.js';
import { diesBefore, type DieBefore } from './die-before.js';

/** What a child is told: what to compress, and before which step, at its which time, to die; null: until it is killed. */
export interface CompressKillPlan {
  readonly folders: ExportFolders;
  readonly setAside: string;
  readonly sessionId: string;
  readonly dieBefore: DieBefore<CompressStep>;
}

/** Compresses a session until it dies. Writes `ready`, then the step it dies before. */
async function compressUntilKilled({ dieBefore, ...place }: CompressKillPlan): Promise<void> {
  const atStep = diesBefore(dieBefore);
  const now = () => new Date();
  await compressSession({ ...place, now, plainForMs: 0, budgetBytes: Number.POSITIVE_INFINITY, atStep });
}

await compressUntilKilled(JSON.parse(process.argv[2] ?? '{}'));
