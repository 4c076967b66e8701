import path from 'node:path';
import type { ExportFolders } from '../export/export-ledger.js';
import type { SidecarMemory } from '../export/sidecar-look.js';
import type { SessionFile } from '../sessions/session-file.js';
import { keepNearDeletion, type NearDeletionKeeper } from './near-deletion.js';
import { nameSessions } from './session-names.js';
import { findUnarchivedSessions } from './unarchived-sessions.js';

/** What has to come in for the calendar's sake, beside what it answers. */
export interface DeletionWatch extends NearDeletionKeeper {
  /** Days that the client of a config folder keeps a session; null where nobody has set them. */
  readonly takePeriod: (configFolder: string, days: number | null) => void;
  /** All of a file as it is now is exported. */
  readonly settle: (file: SessionFile) => void;
}

/** Remembers the periods of all config folders; the session files are those that the watcher knows, so that a look costs no walk. */
export function watchDeletions(
  options: Omit<
    Parameters<typeof keepNearDeletion>[0],
    'unarchived' | 'cleanupPeriodDays' | 'exportsPending' | 'namesOf'
  > & {
    readonly folders: ExportFolders;
    readonly memory: SidecarMemory;
    /** Whether a file's disk is local and answers at once. */
    readonly isQuick: (filePath: string) => boolean;
  },
): DeletionWatch {
  const { folders, memory, isQuick } = options;
  const periods = new Map<string, number | null>();
  const unarchived = findUnarchivedSessions({ folders, memory, mayRead: ({ path: filePath }) => isQuick(filePath) });
  const keeper = keepNearDeletion({
    ...options,
    exportsPending: folders.exportsPending,
    unarchived,
    namesOf: (files) => nameSessions(files, isQuick),
    cleanupPeriodDays: ({ folder }) => periods.get(path.dirname(path.dirname(folder))) ?? null,
  });
  return {
    ...keeper,
    takePeriod: (configFolder, days) => void periods.set(configFolder, days),
    settle: unarchived.settle,
  };
}
