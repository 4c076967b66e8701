import { existsSync } from 'node:fs';
import type { ArchiveAnswer, ArchiveQuery } from '../../shared/archive-search.js';
import { connectToIndex, type IndexPlace } from './index-connection.js';
import type { SessionHead } from './search/describe-sessions.js';

/** Searches the archive. */
export interface ArchiveSearch {
  /**
   * One search runs at a time and at most one waits: a later one takes the place of the one that waits, which is then
   * answered `superseded`. Rejects with a `StorageError`.
   */
  readonly search: (query: ArchiveQuery) => Promise<ArchiveAnswer>;
  /** What the index knows of these sessions, and the projects that it holds; nothing without an index. Rejects with a `StorageError`. */
  readonly describe: (sessionIds: readonly string[]) => Promise<readonly SessionHead[]>;
  readonly projects: () => Promise<readonly string[]>;
  /** Ends the search in hand, then the worker. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the search in a worker thread of its own, so that it waits for nothing that is being indexed. It starts with the
 * first search; where nothing was archived yet, not at all.
 */
export function openArchiveSearch(
  place: IndexPlace,
  { now, maskSecrets }: { readonly now: () => Date; readonly maskSecrets: () => boolean },
): ArchiveSearch {
  const connection = connectToIndex(place);
  let isRunning = false;
  let waiting: { readonly begin: () => void; readonly drop: () => void } | null = null;

  async function run(query: ArchiveQuery): Promise<ArchiveAnswer> {
    isRunning = true;
    try {
      return await connection.call<'search'>({
        kind: 'search',
        query,
        how: { nowMs: now().getTime(), maskSecrets: maskSecrets() },
      });
    } finally {
      isRunning = false;
      const next = waiting;
      waiting = null;
      next?.begin();
    }
  }

  return {
    async search(query) {
      if (!existsSync(place.file)) return { kind: 'no-index' };
      if (!isRunning) return run(query);
      waiting?.drop();
      return new Promise((resolve, reject) => {
        const begin = (): void => void run(query).then(resolve, reject);
        waiting = { begin, drop: () => resolve({ kind: 'superseded' }) };
      });
    },
    async describe(sessionIds) {
      if (sessionIds.length === 0 || !existsSync(place.file)) return [];
      return connection.call<'describe-sessions'>({ kind: 'describe-sessions', sessionIds });
    },
    async projects() {
      return existsSync(place.file) ? connection.call<'list-projects'>({ kind: 'list-projects' }) : [];
    },
    close: connection.close,
  };
}
