import { restoreSession, type RestoreRequest } from '../../../src/main/archive/restore-session.js';
import type { RestoreStep } from '../../../src/main/archive/restore-file.js';
import { diesBefore, type DieBefore } from './die-before.js';

/** What a child is told: what to restore, and before which step, at its which time, to die; null: until it is killed. */
export interface RestoreKillPlan extends Pick<RestoreRequest, 'session' | 'into' | 'roots' | 'folders'> {
  readonly dieBefore: DieBefore<RestoreStep>;
}

/** Restores a session until it dies. Writes `ready`, then the step it dies before. */
async function restoreUntilKilled({ dieBefore, ...request }: RestoreKillPlan): Promise<void> {
  const atStep = diesBefore(dieBefore);
  await restoreSession({ ...request, cleanupDays: async () => 30, now: () => new Date(), atStep });
}

await restoreUntilKilled(JSON.parse(process.argv[2] ?? '{}'));
