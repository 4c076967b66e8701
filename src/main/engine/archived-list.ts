import path from 'node:path';
import type { ArchivedSessions, ArchivedSessionsQuery } from '../../shared/archived-sessions.js';
import type { ArchiveSearch } from '../archive/archive-search.js';
import { isPlainFolder } from '../archive/plain-folder.js';
import { StorageError } from '../export/storage-error.js';
import { isSessionId } from '../export/segment-name.js';
import type { ArchiveKeeper } from './archive-keeper.js';

/** What is archived, a part at a time: sizes from what is remembered of them, projects and titles from the index. */
export interface ArchivedList {
  /** Rejects with a `StorageError` where the archive can't be looked through; an index that can't be read is told in the answer. */
  readonly sessions: (query: ArchivedSessionsQuery) => Promise<ArchivedSessions>;
  /** The projects of which something is archived, the latest first. Rejects with a `StorageError` where the index can't be read. */
  readonly projects: () => Promise<readonly string[]>;
  /** The folder of what is archived of a session; null where there is none. */
  readonly folder: (sessionId: string) => Promise<string | null>;
}

/** Makes the list. It keeps nothing. */
export function makeArchivedList({
  keeper,
  search,
  exportsArchive,
}: {
  readonly keeper: Pick<ArchiveKeeper, 'list'>;
  readonly search: Pick<ArchiveSearch, 'describe' | 'projects'>;
  readonly exportsArchive: string;
}): ArchivedList {
  return {
    async sessions(query) {
      const { sessions, total } = await keeper.list(query);
      const ids = sessions.map(({ sessionId }) => sessionId);
      const { heads, indexTrouble } = await search.describe(ids).then(
        (known) => ({ heads: new Map(known.map((head) => [head.sessionId, head])), indexTrouble: null }),
        (error: unknown) => {
          if (!(error instanceof StorageError)) throw error;
          return { heads: new Map<string, never>(), indexTrouble: `${error.message} ${error.mend}` };
        },
      );
      const described = sessions.map((session) => {
        const head = heads.get(session.sessionId);
        return { ...session, project: head?.project ?? null, title: head?.title ?? null };
      });
      return { sessions: described, total, indexTrouble };
    },
    projects: () => search.projects(),
    async folder(sessionId) {
      if (!isSessionId(sessionId)) return null;
      const folder = path.join(exportsArchive, sessionId);
      return (await isPlainFolder(folder)) ? folder : null;
    },
  };
}
