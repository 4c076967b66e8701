import { writeSync } from 'node:fs';
import { restoreSession, type RestoreRequest } from '../../../src/main/archive/restore-session.js';
import type { RestoreStep } from '../../../src/main/archive/restore-file.js';

/** What a child is told: what to restore, and before which step, at its which time, to die; null: until it is killed. */
export interface RestoreKillPlan extends Pick<RestoreRequest, 'session' | 'into' | 'roots' | 'folders'> {
  readonly dieBefore: { readonly step: RestoreStep; readonly time: number } | null;
}

/** Restores a session until it dies. Writes `ready`, then the step it dies before. */
async function restoreUntilKilled({ dieBefore, ...request }: RestoreKillPlan): Promise<void> {
  let seen = 0;
  const atStep = (step: RestoreStep) => {
    if (step !== dieBefore?.step) return;
    seen += 1;
    if (seen < dieBefore.time) return;
    writeSync(1, step);
    process.kill(process.pid, 'SIGKILL');
  };
  writeSync(1, 'ready ');
  await restoreSession({ ...request, cleanupDays: async () => 30, now: () => new Date(), atStep });
}

await restoreUntilKilled(JSON.parse(process.argv[2] ?? '{}'));
