import type { StrictDatabase } from '../strict-database.js';
import { matchOf, type MatchExpression } from './match-expression.js';
import type { SearchFilters } from './search-filters.js';

/** The messages that fit, the best first. */
export interface FoundEntries {
  /** At most `mostCandidates`. */
  readonly ids: readonly number[];
  readonly total: number;
  /** There are more than `total`. */
  readonly isTotalLeast: boolean;
}

/** So many of the newest are put in order by how well they fit. */
const mostCandidates = 2000;
const mostCounted = 10_000;
const dayMs = 86_400_000;

/**
 * Finds the messages that fit an expression. Up to 10 000 are counted; if there are no more, the newest 2 000 of them are
 * ordered by how well they fit (BM25) and how new they are, else by how new they are alone: words that stand in so many
 * messages tell nothing. `isRanked: false` leaves it at that too.
 */
export function findEntries(
  database: StrictDatabase,
  text: MatchExpression,
  filters: SearchFilters,
  { isRanked, nowMs }: { readonly isRanked: boolean; readonly nowMs: number },
): FoundEntries {
  const { time } = filters;
  const from =
    time === null
      ? 'words WHERE words MATCH ?'
      : `words CROSS JOIN entries ON entries.id = words.rowid WHERE words MATCH ?
          AND words.rowid BETWEEN ? AND ? AND entries.at >= ? AND entries.at < ?`;
  const values = [
    matchOf(text, filters.tokens),
    ...(time === null ? [] : [time.firstEntry, time.lastEntry, time.sinceMs, time.untilMs]),
  ];
  const counted = database.all(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ?)`, [
    ...values,
    mostCounted + 1,
  ]);
  const count = Number(counted[0]?.['n'] ?? 0);
  const isTotalLeast = count > mostCounted;
  const total = Math.min(count, mostCounted);
  const newest = `FROM ${from} ORDER BY words.rowid DESC LIMIT ?`;
  if (!isRanked || isTotalLeast) {
    const rows = database.all(`SELECT words.rowid AS id ${newest}`, [...values, mostCandidates]);
    return { ids: rows.map(({ id }) => Number(id)), total, isTotalLeast };
  }
  const ranked = `SELECT id, score, (SELECT at FROM entries WHERE entries.id = found.id) AS at
    FROM (SELECT words.rowid AS id, bm25(words, 1.0, 0.0) AS score ${newest}) AS found`;
  const rows = database.all(ranked, [...values, mostCandidates]).map(({ id, score, at }) => ({
    id: Number(id),
    score: -Number(score) * recency(at === null ? null : Number(at), nowMs),
  }));
  const ids = rows.toSorted((one, other) => other.score - one.score || other.id - one.id).map(({ id }) => id);
  return { ids, total, isTotalLeast };
}

/** Between 1 and 1.5: what is of today counts half as much again as what is old; a month makes half of that. */
function recency(atMs: number | null, nowMs: number): number {
  if (atMs === null) return 1;
  const ageDays = Math.max(0, nowMs - atMs) / dayMs;
  return 1 + 0.5 / (1 + ageDays / 30);
}
