import { existsSync } from 'node:fs';
import type { ExportFolders } from '../export/export-ledger.js';
import type { CallExtras } from './entry-service.js';
import type { IndexedArchive } from './index-archive.js';
import type { ArchivePlan, IndexedFile, IndexRequest } from './indexed-file.js';
import { connectToIndex, type IndexPlace } from './index-connection.js';

/** The persistent index of all archived entries. Every call rejects with a `StorageError`. */
export interface EntryIndex {
  /** Indexes a file and remembers the result and the plan; the same again until `settle` is called. */
  readonly indexFile: (request: IndexRequest) => Promise<IndexedFile>;
  readonly changePlan: (name: string, plan: ArchivePlan) => Promise<null>;
  /** Forgets a file that is archived and reported. */
  readonly settle: (name: string) => Promise<null>;
  /** The files that were indexed and not settled. */
  readonly unsettled: () => Promise<readonly IndexedFile[]>;
  /**
   * Reads from the archive what doesn't stand in the index, or all of it anew; other calls get their turn meanwhile. What
   * was read stays when `signal` ends it early.
   */
  readonly indexArchive: (
    request: { readonly folders: ExportFolders; readonly fromScratch: boolean },
    extras?: Partial<CallExtras>,
  ) => Promise<IndexedArchive>;
  /** Takes a session out of the index, which then isn't complete until `indexArchive` has read what is still archived. */
  readonly forgetSession: (sessionId: string) => Promise<boolean>;
  /** Ends the file in hand, then the worker. */
  readonly close: () => Promise<void>;
}

/** Opens the index in a worker thread, started and its file made when first needed. */
export function openEntryIndex(place: IndexPlace): EntryIndex {
  const connection = connectToIndex(place);
  return {
    indexFile: (request) => connection.call<'index-file'>({ kind: 'index-file', request }),
    changePlan: (name, plan) => connection.call<'change-plan'>({ kind: 'change-plan', name, plan }),
    settle: (name) => connection.call<'settle'>({ kind: 'settle', name }),
    unsettled: async () => (existsSync(place.file) ? connection.call<'unsettled'>({ kind: 'unsettled' }) : []),
    indexArchive: ({ folders: { exportsPending, exportsArchive }, fromScratch }, extras) => {
      const folders = { exportsPending, exportsArchive };
      return connection.call<'index-archive'>({ kind: 'index-archive', folders, fromScratch }, extras);
    },
    forgetSession: (sessionId) => connection.call<'forget-session'>({ kind: 'forget-session', sessionId }),
    close: connection.close,
  };
}
