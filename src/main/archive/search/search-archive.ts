import type { ArchiveHits, ArchiveQuery } from '../../../shared/archive-search.js';
import { isMarkedComplete } from '../entry-schema.js';
import { foldTerm } from '../term-scanner.js';
import type { MaskSecrets } from '../secret-mask.js';
import type { StrictDatabase } from '../strict-database.js';
import { expandTerm } from './expand-terms.js';
import { findNewest, mostCounted, rankFound, type FoundEntries } from './find-entries.js';
import { foldText } from './fold-text.js';
import { readHits, textsOf } from './read-hits.js';
import { allOf, anyOf, phrase, startOf, type MatchExpression } from './match-expression.js';
import { longestSearched } from './snippet.js';
import { parseQuery, type ParsedQuery, type QueryPart } from './parse-query.js';
import { findFilters, type SearchFilters } from './search-filters.js';

/** So many texts are looked into for parts of words that have to stand side by side. */
const mostVerified = 500;
const mostHits = 100;
/** So much of a text is masked for its snippet, which is cut from well within. */
const longestMasked = longestSearched + 20_000;

/**
 * Searches the index: by words first, and by parts of words where those find nothing; the other way round where the
 * query looks like code. Blocks, for a worker thread: milliseconds, also with a million messages. At most 100 results
 * at a time.
 */
export function searchArchive(database: StrictDatabase, query: ArchiveQuery, nowMs: number): ArchiveHits {
  const found = findHits(database, query, nowMs);
  return answerOf(database, found, readHits(database, found.ids, found.parts, found.by));
}

/** As `searchArchive`, with what looks like a secret masked in the snippets, before they are cut out of their texts. */
export async function searchMasked(
  database: StrictDatabase,
  query: ArchiveQuery,
  { nowMs, mask }: { readonly nowMs: number; readonly mask: MaskSecrets },
): Promise<ArchiveHits> {
  const found = findHits(database, query, nowMs);
  const texts = textsOf(database, found.ids);
  const masked = await mask(texts.map(({ text }) => text.slice(0, longestMasked)));
  const shown = new Map(texts.map(({ id }, at) => [id, masked[at] ?? '']));
  return answerOf(database, found, readHits(database, found.ids, found.parts, found.by, shown));
}

interface FoundHits extends Found {
  readonly parts: readonly QueryPart[];
}

function findHits(database: StrictDatabase, query: ArchiveQuery, nowMs: number): FoundHits {
  const parsed = parseQuery(query.text);
  const filters = findFilters(database, query);
  const found = filters === null ? nothing('words') : searchBoth(database, parsed, filters, nowMs);
  const offset = Math.max(0, Math.trunc(query.offset));
  const ids = found.ids.slice(offset, offset + Math.min(mostHits, Math.max(0, Math.trunc(query.limit))));
  return { ...found, ids, parts: parsed.parts };
}

function answerOf(database: StrictDatabase, found: Found, hits: ArchiveHits['hits']): ArchiveHits {
  return {
    kind: 'found',
    hits,
    total: found.total,
    isTotalLeast: found.isTotalLeast,
    by: found.by,
    isIndexComplete: isMarkedComplete(database),
  };
}

type Found = FoundEntries & { readonly by: ArchiveHits['by'] };

function nothing(by: Found['by']): Found {
  return { ids: [], total: 0, isTotalLeast: false, by };
}

function searchBoth(database: StrictDatabase, parsed: ParsedQuery, filters: SearchFilters, nowMs: number): Found {
  const ways = [searchWords, searchParts];
  for (const search of parsed.isLiteral ? ways.toReversed() : ways) {
    const found = search(database, parsed.parts, filters, nowMs);
    if (found.total > 0) return found;
  }
  return nothing('words');
}

function searchWords(
  database: StrictDatabase,
  parts: readonly QueryPart[],
  filters: SearchFilters,
  nowMs: number,
): Found {
  const expressions: MatchExpression[] = [];
  let isCut = false;
  for (const { words, isPrefix } of parts) {
    const last = words.at(-1);
    if (last === undefined) continue;
    if (!isPrefix) {
      expressions.push(phrase(words));
      continue;
    }
    const expanded = expandTerm(database, foldTerm(last), 'start');
    isCut ||= expanded.isCut;
    // SQLite's own way reads the places of all words with that start: not when they are very many.
    const ends = [last, ...expanded.terms].map((end) => phrase([...words.slice(0, -1), end]));
    expressions.push(expanded.isCut ? anyOf([...new Set(ends)]) : startOf(words));
  }
  if (expressions.length === 0) return nothing('words');
  const text = allOf(expressions);
  const newest = findNewest(database, text, filters, mostCounted);
  const isRanked = !parts.some(({ isPrefix }) => isPrefix);
  const every = parts.flatMap(({ words }) => words);
  const found = isRanked ? rankFound(database, every, newest, nowMs) : newest;
  return { ...found, isTotalLeast: found.isTotalLeast || isCut, by: 'words' };
}

/** Parts of words: those that the index has are looked up, then the texts are looked into. */
function searchParts(database: StrictDatabase, parts: readonly QueryPart[], filters: SearchFilters): Found {
  const conditions: MatchExpression[] = [];
  let isCut = false;
  for (const part of parts) {
    const condition = conditionOf(database, part);
    if (condition === null) continue;
    if (condition.expression === null) return nothing('parts');
    conditions.push(condition.expression);
    isCut ||= condition.isCut;
  }
  if (conditions.length === 0) return nothing('parts');
  const newest = findNewest(database, allOf(conditions), filters, mostVerified);
  const needles = parts.map(({ literal }) => foldText(literal).text);
  const ids = textsOf(database, newest.ids)
    .filter(({ text }) => {
      const folded = foldText(text).text;
      return needles.every((needle) => folded.includes(needle));
    })
    .map(({ id }) => id);
  return { ids, total: ids.length, isTotalLeast: isCut || newest.isTotalLeast, by: 'parts' };
}

/** What has to stand in the index for a part; null where it says nothing of words, a null expression where nothing can fit. */
function conditionOf(
  database: StrictDatabase,
  { words }: QueryPart,
): { readonly expression: MatchExpression | null; readonly isCut: boolean } | null {
  const folded = words.map(foldTerm).filter((word) => word !== '');
  const [first, last] = [folded[0], folded.at(-1)];
  if (first === undefined || last === undefined) return null;
  const between = folded.slice(1, -1);
  const ends =
    folded.length === 1
      ? [{ word: first, ...expandTerm(database, first, 'anywhere') }]
      : [
          { word: first, ...expandTerm(database, first, 'end') },
          { word: last, ...expandTerm(database, last, 'start') },
        ];
  // A word of one or two characters, or of Chinese, Japanese or Korean, stands for itself.
  const expressions = ends.map(({ word, terms }) =>
    anyOf([...new Set([word, ...terms])].map((term) => phrase([term]))),
  );
  if (between.length > 0) expressions.push(phrase(between));
  return { expression: allOf(expressions), isCut: ends.some((end) => end.isCut) };
}
