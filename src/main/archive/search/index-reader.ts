import { statSync } from 'node:fs';
import type { ArchiveAnswer, ArchiveQuery } from '../../../shared/archive-search.js';
import { hasThisSchema } from '../entry-schema.js';
import { openStrictDatabase, type StrictDatabase } from '../strict-database.js';
import { describeSessions, listProjects, type SessionHead } from './describe-sessions.js';
import { searchArchive, searchMasked } from './search-archive.js';

/** Reads an index through a connection of its own, which changes nothing and waits for nobody who writes. */
export interface IndexReader {
  readonly search: (query: ArchiveQuery, how: SearchedHow) => Promise<ArchiveAnswer>;
  /** Nothing where there is no index. */
  readonly describe: (sessionIds: readonly string[]) => readonly SessionHead[];
  readonly projects: () => readonly string[];
  readonly close: () => void;
}

/** When it is asked, in milliseconds since 1970, and whether secrets are masked in snippets. */
export interface SearchedHow {
  readonly nowMs: number;
  readonly maskSecrets: boolean;
}

/**
 * Opens the index at the first question that finds it; until then, and where an older version has made it, there is none.
 * One that was put in the place of another since is opened anew; so is one that could not be read.
 */
export function openIndexReader(file: string): IndexReader {
  let open: { readonly database: StrictDatabase; readonly identity: string } | null = null;

  function close(): void {
    const opened = open;
    open = null;
    opened?.database.close();
  }

  function current(): StrictDatabase | null {
    const facts = statSync(file, { bigint: true, throwIfNoEntry: false });
    const identity = facts && `${facts.dev} ${facts.ino}`;
    if (open && open.identity === identity) return open.database;
    close();
    if (identity === undefined) return null;
    const database = openStrictDatabase(file, { readOnly: true });
    if (!hasThisSchema(database)) {
      database.close();
      return null;
    }
    open = { database, identity };
    return database;
  }

  function ask<Answer>(question: (database: StrictDatabase) => Answer, without: Answer): Answer {
    try {
      const database = current();
      return database === null ? without : question(database);
    } catch (error) {
      close();
      throw error;
    }
  }

  return {
    async search(query, { nowMs, maskSecrets }) {
      const without: ArchiveAnswer = { kind: 'no-index' };
      if (!maskSecrets) return ask<ArchiveAnswer>((index) => searchArchive(index, query, nowMs), without);
      const { maskSecrets: mask } = await import('../secret-mask.js');
      return ask<ArchiveAnswer | Promise<ArchiveAnswer>>(
        (index) => searchMasked(index, query, { nowMs, mask }),
        without,
      );
    },
    describe: (sessionIds) => ask((index) => describeSessions(index, sessionIds), []),
    projects: () => ask(listProjects, []),
    close,
  };
}
