import type { EntryBatch } from './entry-batch.js';
import { insertRows, type RowForm } from './insert-rows.js';
import type { PieceFacts } from './piece-facts.js';
import { findOrAdd, followSession, nextId } from './piece-session.js';
import { plainText } from './plain-text.js';
import { filterTokens } from './search/filter-tokens.js';
import type { SqlValue, StrictDatabase } from './strict-database.js';

/** Takes the entries of one piece; all within one transaction. */
export interface PieceWriter {
  readonly add: (batch: EntryBatch) => void;
  readonly finish: () => WrittenPiece;
}

/** The row of a piece, and how many of its entries were new or there before. */
export interface WrittenPiece {
  readonly piece: number;
  readonly newEntries: number;
  readonly duplicates: number;
}

/** Writes pieces into the index. `forget` is to be called when a transaction was rolled back or the index emptied. */
export interface EntryWriter {
  readonly begin: (facts: PieceFacts) => PieceWriter;
  readonly forget: () => void;
}

// One row at a time: before a statement with several, FTS5 writes out all that it has gathered.
const insertWords = 'INSERT INTO words (rowid, text, filters) VALUES (?, ?, ?)';
// The text is in the database already: what is read there needn't be handed over again.
const insertWordsOfText =
  'INSERT INTO words (rowid, text, filters) VALUES (?, (SELECT text FROM texts WHERE entry = ?), ?)';
const insertTermParts = 'INSERT INTO term_parts (rowid, term) VALUES (?, ?)';

const keyBytes = 16;
// Bytes of many rows come as one value, of which each row takes its part.
const entryRows: RowForm = {
  before: `INSERT OR IGNORE INTO entries
    SELECT column1, substr(?, column2, ${keyBytes}), column3, column4, column5, column6 FROM (`,
  row: '(?, ?, ?, ?, ?, ?)',
  after: ')',
};
const textRows: RowForm = {
  before: 'INSERT INTO texts SELECT column1, CAST(substr(?, column2, column3) AS TEXT) FROM (',
  row: '(?, ?, ?)',
  after: ')',
};
const oddUuidRows: RowForm = { before: 'INSERT INTO odd_uuids', row: '(?, ?)' };
const termRows: RowForm = { before: 'INSERT OR IGNORE INTO terms', row: '(?, ?)' };

/** Makes the writer of an index. */
export function makeEntryWriter(database: StrictDatabase): EntryWriter {
  const speakers = new Map<string, number>();

  function speakerOf(kind: string, role: string, agent: string): number {
    const key = `${kind}\n${role}\n${agent}`;
    const known = speakers.get(key);
    if (known !== undefined) return known;
    const id = findOrAdd(database, 'speakers', { kind: plainText(kind), role, agent: plainText(agent) });
    speakers.set(key, id);
    return id;
  }

  function begin(facts: PieceFacts): PieceWriter {
    const firstEntry = nextId(database, 'entries');
    const session = followSession(database, facts);
    const filterWords = new Map<string, string>();
    let [nextEntry, lastEntry, newEntries, duplicates] = [firstEntry, firstEntry - 1, 0, 0];

    /** Answers the places in the batch of those that were new, and the id of the first of all. */
    function addEntries(batch: EntryBatch): { readonly first: number; readonly added: readonly number[] } {
      const first = nextEntry;
      nextEntry += batch.kinds.length;
      const rows = batch.kinds.map((kind, at): SqlValue[] => [
        first + at,
        at * keyBytes + 1,
        speakerOf(kind, batch.roles[at] ?? '', batch.agents[at] ?? facts.agentId ?? ''),
        batch.times[at] ?? null,
        batch.offsets[at] ?? 0,
        batch.lengths[at] ?? 0,
      ]);
      const inserted = insertRows(database, entryRows, rows, [batch.keys]);
      newEntries += inserted;
      duplicates += rows.length - inserted;
      const every = rows.map((_, at) => at);
      if (inserted === rows.length) return { first, added: every };
      // Those that have the id they were given: the others were there before.
      const ids = idsOf(database.all('SELECT id FROM entries WHERE id BETWEEN ? AND ?', [first, nextEntry - 1]));
      return { first, added: every.filter((at) => ids.has(first + at)) };
    }

    /** `isAdded` tells of a place in the batch whether its entry is new. */
    function addTexts(batch: EntryBatch, first: number, isAdded: (at: number) => boolean): void {
      const rows: SqlValue[][] = [];
      let position = 1;
      batch.textBytes.forEach((bytes, at) => {
        if (bytes > 0 && isAdded(at)) rows.push([first + at, position, bytes]);
        position += bytes;
      });
      insertRows(database, textRows, rows, [batch.texts]);
      for (const [entry] of rows) {
        const at = Number(entry) - first;
        const spacedText = batch.spacedTexts[at] ?? null;
        const filters = filtersOf(batch.roles[at] ?? null, batch.kinds[at] ?? '');
        if (spacedText === null) database.run(insertWordsOfText, [first + at, first + at, filters]);
        else database.run(insertWords, [first + at, spacedText, filters]);
      }
    }

    function filtersOf(role: string | null, kind: string): string {
      const key = `${role ?? ''} ${kind}`;
      const made = filterWords.get(key) ?? filterTokens({ ...session.rows(), role, kind });
      filterWords.set(key, made);
      return made;
    }

    return {
      add(batch) {
        session.see(batch.told);
        if (batch.kinds.length === 0) return;
        const { first, added } = addEntries(batch);
        const last = added.at(-1);
        if (last !== undefined) lastEntry = first + last;
        const places = new Set(added);
        const odd = batch.oddUuids.filter(({ at }) => places.has(at));
        insertRows(
          database,
          oddUuidRows,
          odd.map(({ at, uuid }) => [first + at, plainText(uuid)]),
        );
        addTexts(batch, first, (at) => places.has(at));
        addTerms(database, batch.terms);
      },
      finish: () => ({ piece: session.close({ firstEntry, lastEntry, copies: duplicates }), newEntries, duplicates }),
    };
  }

  return { begin, forget: () => speakers.clear() };
}

function addTerms(database: StrictDatabase, terms: readonly string[]): void {
  if (terms.length === 0) return;
  const first = nextId(database, 'terms');
  const rows = terms.map((term, index): SqlValue[] => [first + index, term]);
  const inserted = insertRows(database, termRows, rows);
  if (inserted === 0) return;
  const ids = idsOf(database.all('SELECT id FROM terms WHERE id >= ?', [first]));
  for (const row of rows) if (ids.has(Number(row[0]))) database.run(insertTermParts, row);
}

function idsOf(rows: readonly Readonly<Record<string, unknown>>[]): ReadonlySet<number> {
  return new Set(rows.map(({ id }) => Number(id)));
}
