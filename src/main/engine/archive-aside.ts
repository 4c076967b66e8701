import type { RestoreOrder, RestoreProgress, TaskExtras } from '../archive/archive-tasks.js';
import type { RestoreOutcome } from '../archive/restore-session.js';
import type { VerifyProgress, VerifyReport } from '../archive/verify-archive.js';
import type { ExportFolders } from '../export/export-ledger.js';
import { usualCleanupPeriodDays } from '../policy/retention-policy.js';

/** What reads and writes all of the archive, aside of this thread. */
export interface ArchiveAside {
  /** As `verifyArchive`. */
  readonly verify: (extras: TaskExtras<VerifyProgress>) => Promise<VerifyReport>;
  /** As `restoreFromArchive`. */
  readonly restore: (
    request: Pick<RestoreOrder, 'session' | 'into' | 'roots'>,
    extras: TaskExtras<RestoreProgress>,
  ) => Promise<RestoreOutcome>;
}

/**
 * Does it in a thread each, and loads what that takes when it is first asked for. `workerUrl` is the built
 * `entry-index-worker.js`; with null the same runs in this thread (for runs from the sources).
 */
export function archiveAside(
  workerUrl: URL | null,
  { exportsPending, exportsArchive }: ExportFolders,
  now: () => Date,
): ArchiveAside {
  const folders = { exportsPending, exportsArchive };

  async function thread() {
    return (await import('../archive/task-thread.js')).runInThread;
  }

  async function here() {
    return import('../archive/archive-tasks.js');
  }

  return {
    async verify(extras) {
      if (workerUrl === null) return (await here()).verify(folders, extras);
      return (await thread())<VerifyReport, VerifyProgress>(workerUrl, { task: 'verify', folders }, extras);
    },
    async restore(request, extras) {
      const { cleanupDaysOf } = await import('./restore-from-archive.js');
      const days = request.roots.map(async (root) => [root, await cleanupDaysOf(root, now)] as const);
      const order: RestoreOrder = {
        ...request,
        folders,
        cleanupDaysByRoot: Object.fromEntries(await Promise.all(days)),
        usualCleanupDays: usualCleanupPeriodDays,
      };
      if (workerUrl === null) return (await here()).restore(order, extras);
      return (await thread())<RestoreOutcome, RestoreProgress>(workerUrl, { task: 'restore', order }, extras);
    },
  };
}
