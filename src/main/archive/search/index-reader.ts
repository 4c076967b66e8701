import { existsSync } from 'node:fs';
import type { ArchiveAnswer, ArchiveQuery } from '../../../shared/archive-search.js';
import { hasThisSchema } from '../entry-schema.js';
import { openStrictDatabase, type StrictDatabase } from '../strict-database.js';
import { searchArchive } from './search-archive.js';

/** Searches an index through a connection of its own, which changes nothing and waits for nobody who writes. */
export interface IndexReader {
  readonly search: (query: ArchiveQuery, nowMs: number) => ArchiveAnswer;
  readonly close: () => void;
}

/** Opens the index at the first search that finds it; until then, and where an older version has made it, there is none. */
export function openIndexReader(file: string): IndexReader {
  let database: StrictDatabase | null = null;

  function opened(): StrictDatabase | null {
    if (database || !existsSync(file)) return database;
    const open = openStrictDatabase(file, { readOnly: true });
    if (hasThisSchema(open)) database = open;
    else open.close();
    return database;
  }

  function close(): void {
    const open = database;
    database = null;
    open?.close();
  }

  return {
    search(query, nowMs) {
      if (!existsSync(file)) close();
      const open = opened();
      return open === null ? { kind: 'no-index' } : searchArchive(open, query, nowMs);
    },
    close,
  };
}
