import { entryKeyOf, isPlainUuid } from './entry-key.js';
import { insertRows } from './insert-rows.js';
import type { PieceFacts } from './piece-facts.js';
import { findOrAdd, followSession, nextId, plainText } from './piece-session.js';
import { filterTokens } from './search/filter-tokens.js';
import { spaced } from './spaced-script.js';
import type { SqlValue, StrictDatabase } from './strict-database.js';
import { makeTermScanner } from './term-scanner.js';
import type { TranscriptEntry, TranscriptLine } from './transcript-entry.js';

/** Takes the lines of one piece; all within one transaction. */
export interface PieceWriter {
  readonly add: (line: TranscriptLine, offset: number, length: number) => void;
  /** Answers the row of the piece and how many entries were new, or there before. */
  readonly finish: () => { readonly piece: number; readonly newEntries: number; readonly duplicates: number };
}

/** Writes pieces into the index. `forget` is to be called when a transaction was rolled back or the index emptied. */
export interface EntryWriter {
  readonly begin: (facts: PieceFacts) => PieceWriter;
  readonly forget: () => void;
}

interface WaitingEntry {
  readonly id: number;
  readonly entry: TranscriptEntry;
  readonly offset: number;
  readonly length: number;
}

const batchRows = 64;

/** Makes the writer of an index. */
export function makeEntryWriter(database: StrictDatabase): EntryWriter {
  const terms = makeTermScanner();
  const speakers = new Map<string, number>();

  function forget(): void {
    terms.forget();
    speakers.clear();
  }

  function speakerOf({ kind, role }: TranscriptEntry, agent: string): number {
    const key = `${kind}\n${role ?? ''}\n${agent}`;
    const known = speakers.get(key);
    if (known !== undefined) return known;
    const id = findOrAdd(database, 'speakers', { kind: plainText(kind), role: role ?? '', agent: plainText(agent) });
    speakers.set(key, id);
    return id;
  }

  function begin(facts: PieceFacts): PieceWriter {
    const firstEntry = nextId(database, 'entries');
    const session = followSession(database, facts);
    let [nextEntry, lastEntry, newEntries, duplicates] = [firstEntry, firstEntry - 1, 0, 0];
    let waiting: WaitingEntry[] = [];
    const newTerms: string[] = [];

    function flush(): void {
      if (waiting.length === 0) return;
      const batch = waiting;
      waiting = [];
      const rows = batch.map(({ id, entry, offset, length }): SqlValue[] => {
        const speaker = speakerOf(entry, entry.agentId ?? facts.agentId ?? '');
        return [id, entryKeyOf(entry.uuid), speaker, entry.atMs, offset, length];
      });
      const inserted = insertRows(database, 'INSERT OR IGNORE INTO entries', '(?, unhex(?), ?, ?, ?, ?)', rows);
      newEntries += inserted;
      duplicates += batch.length - inserted;
      const added = inserted === batch.length ? batch : newOnes(batch);
      lastEntry = added.at(-1)?.id ?? lastEntry;
      const odd = added.filter(({ entry }) => !isPlainUuid(entry.uuid));
      const oddRows = odd.map(({ id, entry }): SqlValue[] => [id, plainText(entry.uuid)]);
      insertRows(database, 'INSERT INTO odd_uuids', '(?, ?)', oddRows);
      addTexts(added.filter(({ entry }) => entry.text !== ''));
    }

    /** Those that have the id they were given: the others were there before. */
    function newOnes(batch: readonly WaitingEntry[]): readonly WaitingEntry[] {
      const range = [batch[0]?.id ?? 0, batch.at(-1)?.id ?? 0];
      const ids = idsOf(database.all('SELECT id FROM entries WHERE id BETWEEN ? AND ?', range));
      return batch.filter(({ id }) => ids.has(id));
    }

    function addTexts(added: readonly WaitingEntry[]): void {
      const texts = added.map(({ id, entry }): [number, string] => [id, plainText(entry.text)]);
      insertRows(database, 'INSERT INTO texts', '(?, ?)', texts);
      const words = added.map(({ id, entry: { role, kind } }, index): SqlValue[] => {
        return [id, spaced(texts[index]?.[1] ?? ''), filterTokens({ ...session.rows(), role, kind })];
      });
      insertRows(database, 'INSERT INTO words (rowid, text, filters)', '(?, ?, ?)', words);
      for (const [, text] of texts) terms.scan(text, (term) => newTerms.push(term));
    }

    function addTerms(): void {
      const first = nextId(database, 'terms');
      const rows = newTerms.map((term, index): SqlValue[] => [first + index, term]);
      const inserted = insertRows(database, 'INSERT OR IGNORE INTO terms', '(?, ?)', rows);
      if (inserted === 0) return;
      const ids = idsOf(database.all('SELECT id FROM terms WHERE id >= ?', [first]));
      const added = rows.filter(([id]) => ids.has(Number(id)));
      insertRows(database, 'INSERT INTO term_parts (rowid, term)', '(?, ?)', added);
    }

    return {
      add(line, offset, length) {
        session.see(line);
        const { entry } = line;
        if (entry === null) return;
        waiting.push({ id: nextEntry, entry, offset, length });
        nextEntry += 1;
        if (waiting.length === batchRows) flush();
      },
      finish() {
        flush();
        addTerms();
        return { piece: session.close({ firstEntry, lastEntry }), newEntries, duplicates };
      },
    };
  }

  return { begin, forget };
}

function idsOf(rows: readonly Readonly<Record<string, unknown>>[]): ReadonlySet<number> {
  return new Set(rows.map(({ id }) => Number(id)));
}
