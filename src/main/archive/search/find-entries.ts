import type { SqlValue, StrictDatabase } from '../strict-database.js';
import { allOf, matchOf, phrase, type MatchExpression } from './match-expression.js';
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
/** So many of the newest tell in how many of all messages a word stands. */
const mostLookedAt = 50_000;
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
 * Puts the newest 2 000 of what `findNewest` has found in order by how well they fit (BM25 of the `words` that are no common
 * ones) and how new they are. Where there is more than was found, or all words are so common that they tell nothing, the
 * newest stay first.
 */
export function rankFound(
  database: StrictDatabase,
  words: readonly string[],
  found: FoundEntries,
  nowMs: number,
): FoundEntries {
  if (found.isTotalLeast || found.ids.length < 2) return found;
  const telling = tellingWords(database, words);
  if (telling.length === 0) return found;
  // Without the filters and the common words: BM25 looks at every message that holds one of the conditions.
  const match = matchOf(allOf(telling.map((word) => phrase([word]))), []);
  const best = found.ids.slice(0, mostRanked);
  const ranked = `SELECT id FROM (
      SELECT words.rowid AS id, bm25(words, 1.0, 0.0) AS score FROM words
      WHERE words MATCH ? AND words.rowid >= ? AND +words.rowid IN (SELECT value FROM json_each(?))
    ) AS fits JOIN entries USING (id) ORDER BY score * ${recency} , id DESC`;
  const values = [match, best.at(-1) ?? 0, JSON.stringify(best), nowMs];
  return { ...found, ids: [...idsOf(database, ranked, values), ...found.ids.slice(mostRanked)] };
}

/** Those of the words that few messages hold, by a count among the newest of all. */
function tellingWords(database: StrictDatabase, words: readonly string[]): readonly string[] {
  const newest = Number(database.all('SELECT max(id) AS id FROM entries')[0]?.['id'] ?? 0);
  const looked = Math.min(newest, mostLookedAt);
  const most = Math.ceil((mostWeighed * looked) / Math.max(1, newest));
  return [...new Set(words)].filter((word) => {
    const held =
      'SELECT count(*) AS n FROM (SELECT 1 FROM words WHERE words MATCH ? AND rowid > ? ORDER BY rowid DESC LIMIT ?)';
    const values = [matchOf(phrase([word]), []), newest - looked, most + 1];
    return Number(database.all(held, values)[0]?.['n']) <= most;
  });
}

/** Between 1 and 1.5: what is of today counts half as much again as what is old; a month makes half of that. */
const recency = `(1 + 0.5 / (1 + max(0, ? - coalesce(at, 0)) / ${monthMs}.0))`;

function idsOf(database: StrictDatabase, select: string, values: readonly SqlValue[]): readonly number[] {
  const joined = database.all(`SELECT group_concat(id) AS ids FROM (${select})`, values)[0]?.['ids'];
  return typeof joined === 'string' && joined !== '' ? joined.split(',').map(Number) : [];
}
