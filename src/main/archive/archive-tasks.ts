import type { ExportFolders } from '../export/export-ledger.js';
import { restoreSession, type RestoreOutcome, type RestoreRequest } from './restore-session.js';
import type { TaskContext } from './serve-task.js';
import { verifyArchive, type VerifyProgress, type VerifyReport } from './verify-archive.js';

/** How far a restoration is, in bytes of the files that come back. */
export interface RestoreProgress {
  readonly doneBytes: number;
  readonly allBytes: number;
}

/** A restoration as it is handed to a thread: all that its request asks others is answered beforehand. */
export type RestoreOrder = Pick<RestoreRequest, 'session' | 'into' | 'roots'> & {
  readonly folders: ExportFolders;
  /** After how many days the client deletes what lies below each root. */
  readonly cleanupDaysByRoot: Readonly<Record<string, number>>;
  readonly usualCleanupDays: number;
};

/** What goes along with a task. */
export type TaskExtras<Progress> = Partial<TaskContext<Progress>>;

/** Verifies the archive as `verifyArchive` does. */
export function verify(folders: ExportFolders, extras: TaskExtras<VerifyProgress>): Promise<VerifyReport> {
  return verifyArchive(folders, extras);
}

/** Restores a session as `restoreSession` does. */
export function restore(
  { cleanupDaysByRoot, usualCleanupDays, ...order }: RestoreOrder,
  { signal, onProgress }: TaskExtras<RestoreProgress>,
): Promise<RestoreOutcome> {
  let [doneBytes, allBytes] = [0, 0];
  return restoreSession({
    ...order,
    cleanupDays: async (root) => cleanupDaysByRoot[root] ?? usualCleanupDays,
    now: () => new Date(),
    signal,
    onSize(bytes) {
      allBytes = bytes;
      onProgress?.({ doneBytes, allBytes });
    },
    onBytes(count) {
      doneBytes = Math.min(allBytes, doneBytes + count);
      onProgress?.({ doneBytes, allBytes });
    },
  });
}
