import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ArchiveHits, ArchiveQuery, MarkedText } from '../../../../src/shared/archive-search.js';
import { openEntryDatabase, type EntryDatabase } from '../../../../src/main/archive/entry-database.js';
import { searchArchive } from '../../../../src/main/archive/search/search-archive.js';
import { openStrictDatabase, type StrictDatabase } from '../../../../src/main/archive/strict-database.js';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
export const sessionIds = ['0a1b2c3d-1111-4222-8333-444455556666', '7f7f7f7f-2222-4222-8333-444455556666'] as const;

/** An index in a folder of its own, filled by the test and read by a connection of its own. */
export interface IndexFixture {
  readonly folder: string;
  readonly index: EntryDatabase;
  readonly reader: StrictDatabase;
  /** Indexes lines as the next segment of a session, or as a loose file (null). */
  readonly add: (lines: readonly object[], sessionId?: string | null) => void;
  readonly search: (query: string | Partial<ArchiveQuery>) => ArchiveHits;
  /** The uuids found, the best first. */
  readonly find: (query: string | Partial<ArchiveQuery>) => readonly string[];
  readonly close: () => void;
}

export function makeIndexFixture(): IndexFixture {
  const folder = mkdtempSync(path.join(tmpdir(), 'cw-index-'));
  const file = path.join(folder, 'entries.sqlite');
  const index = openEntryDatabase(file);
  const reader = openStrictDatabase(file, { readOnly: true });
  let segments = 0;
  const search: IndexFixture['search'] = (query) =>
    searchArchive(reader, { ...anything, ...(typeof query === 'string' ? { text: query } : query) }, nowMs);
  return {
    folder,
    index,
    reader,
    add(lines, sessionId = sessionIds[0]) {
      segments += 1;
      const name = `segment-${segments}.jsonl`;
      writeFileSync(path.join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      index.indexFile({
        path: path.join(folder, name),
        name,
        expectedSha256: null,
        session: sessionId === null ? null : { sessionId, sourcePath: '/p/-work-shop/x.jsonl', generation: 0 },
        sidecars: [],
        plan: { archivedTo: path.join('/archive', name), reportPath: '/reports/r' },
      });
    },
    search,
    find: (query) => search(query).hits.map(({ uuid }) => uuid),
    close() {
      reader.close();
      index.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A query that lets everything through. */
export const anything: ArchiveQuery = {
  text: '',
  project: null,
  role: null,
  session: null,
  kinds: null,
  since: null,
  until: null,
  limit: 20,
  offset: 0,
};

/** A line of a person or of the model. */
export function spoken(uuid: string, text: string, more: object = {}): object {
  return {
    type: 'user',
    uuid,
    cwd: '/work/shop',
    timestamp: '2026-11-01T10:00:00.000Z',
    message: { role: 'user', content: text },
    ...more,
  };
}

/** Marked text with brackets around its hits. */
export function bracketed(snippet: MarkedText): string {
  return snippet.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('');
}
