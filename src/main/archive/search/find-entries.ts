import type { SqlValue, StrictDatabase } from '../strict-database.js';
import { matchOf, type MatchExpression } from './match-expression.js';
import type { SearchFilters } from './search-filters.js';

/** The messages that fit. */
export interface FoundEntries {
  /** The newest of them, as many as were asked for, or the best first. */
  readonly ids: readonly number[];
  readonly total: number;
  /** There are more than `total`. */
  readonly isTotalLeast: boolean;
}

/** So many of those that fit are counted. */
export const mostCounted = 10_000;
/** So many of the newest are put in order by how well they fit. */
const mostRanked = 2_000;
/** A word that stands in more messages than this tells nothing of how well one fits. */
const mostWeighed = 20_000;
const monthMs = 30 * 86_400_000;

/**
 * Finds the newest messages that fit an expression, the newest first, at most `most`. The numbers come as one text: the
 * driver takes longer for a row than SQLite does.
 */
export function findNewest(
  database: StrictDatabase,
  text: MatchExpression,
  { tokens, time }: SearchFilters,
  most: number,
): FoundEntries {
  const from =
    time === null
      ? 'words WHERE words MATCH ?'
      : `words CROSS JOIN entries ON entries.id = words.rowid WHERE words MATCH ?
          AND words.rowid BETWEEN ? AND ? AND entries.at >= ? AND entries.at < ?`;
  const range = time === null ? [] : [time.firstEntry, time.lastEntry, time.sinceMs, time.untilMs];
  const values: SqlValue[] = [matchOf(text, tokens), ...range, most + 1];
  const ids = idsOf(database, `SELECT words.rowid AS id FROM ${from} ORDER BY words.rowid DESC LIMIT ?`, values);
  return { ids: ids.slice(0, most), total: Math.min(ids.length, most), isTotalLeast: ids.length > most };
}

/**
 * Puts the newest 2 000 of what `findNewest` has found in order by how well they fit (BM25) and how new they are. Where there
 * is more than was found, or the words are so common that they tell nothing, the newest stay first.
 */
export function rankFound(
  database: StrictDatabase,
  text: MatchExpression,
  found: FoundEntries,
  { isFiltered, nowMs }: { readonly isFiltered: boolean; readonly nowMs: number },
): FoundEntries {
  if (found.isTotalLeast || found.ids.length < 2) return found;
  const match = matchOf(text, []);
  const best = found.ids.slice(0, mostRanked);
  if (isFiltered) {
    const counted = database.all('SELECT count(*) AS n FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)', [
      match,
      mostWeighed + 1,
    ]);
    if (Number(counted[0]?.['n']) > mostWeighed) return found;
  }
  // The filters are left out here: BM25 would look at every message that they let through.
  const only = isFiltered ? 'AND +words.rowid IN (SELECT value FROM json_each(?))' : '';
  const values = [match, best.at(-1) ?? 0, ...(isFiltered ? [JSON.stringify(best)] : []), nowMs];
  const ranked = `SELECT id FROM (SELECT words.rowid AS id, bm25(words, 1.0, 0.0) AS score FROM words WHERE words MATCH ? AND words.rowid >= ? ${only}) AS fits
    JOIN entries USING (id) ORDER BY score * ${recency} , id DESC`;
  return { ...found, ids: [...idsOf(database, ranked, values), ...found.ids.slice(mostRanked)] };
}

/** Between 1 and 1.5: what is of today counts half as much again as what is old; a month makes half of that. */
const recency = `(1 + 0.5 / (1 + max(0, ? - coalesce(at, 0)) / ${monthMs}.0))`;

function idsOf(database: StrictDatabase, select: string, values: readonly SqlValue[]): readonly number[] {
  const joined = database.all(`SELECT group_concat(id) AS ids FROM (${select})`, values)[0]?.['ids'];
  return typeof joined === 'string' && joined !== '' ? joined.split(',').map(Number) : [];
}
