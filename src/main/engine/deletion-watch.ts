import path from 'node:path';
import type { ExportFolders } from '../export/export-ledger.js';
import type { SidecarMemory } from '../export/sidecar-look.js';
import type { SessionFile } from '../sessions/session-file.js';
import { keepNearDeletion, type NearDeletionKeeper } from './near-deletion.js';
import { findUnarchivedSessions } from './unarchived-sessions.js';

/** What has to come in for the calendar's sake, beside what it answers. */
export interface DeletionWatch extends NearDeletionKeeper {
  /** A session file is there, or has changed. */
  readonly see: (file: SessionFile) => void;
  readonly forget: (filePath: string) => void;
  /** Days that the client of a config folder keeps a session; null where nobody has set them. */
  readonly takePeriod: (configFolder: string, days: number | null) => void;
  /** All of a file as it is now is exported. */
  readonly settle: (file: SessionFile) => void;
}

/** Remembers all session files and the periods of all config folders, so that a look costs no walk. */
export function watchDeletions(
  options: Omit<
    Parameters<typeof keepNearDeletion>[0],
    'files' | 'unarchived' | 'cleanupPeriodDays' | 'exportsPending'
  > & {
    readonly folders: ExportFolders;
    readonly memory: SidecarMemory;
    /** Whether a file's disk is local and answers at once. */
    readonly isQuick: (filePath: string) => boolean;
    /** Whether a file lies in a folder that is watched now. */
    readonly holds: (filePath: string) => boolean;
  },
): DeletionWatch {
  const { folders, memory, isQuick, holds } = options;
  const files = new Map<string, SessionFile>();
  const periods = new Map<string, number | null>();
  const unarchived = findUnarchivedSessions({ folders, memory, mayRead: ({ path: filePath }) => isQuick(filePath) });
  const keeper = keepNearDeletion({
    ...options,
    exportsPending: folders.exportsPending,
    unarchived,
    files: () => [...files.values()].filter((file) => holds(file.path)),
    cleanupPeriodDays: ({ folder }) => periods.get(path.dirname(path.dirname(folder))) ?? null,
  });
  return {
    ...keeper,
    see: (file) => void files.set(file.path, file),
    forget: (filePath) => void files.delete(filePath),
    takePeriod: (configFolder, days) => void periods.set(configFolder, days),
    settle: unarchived.settle,
  };
}
