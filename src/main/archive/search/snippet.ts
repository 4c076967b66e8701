import type { MarkedText } from '../../../shared/archive-search.js';
import { hasUnspacedScript } from '../spaced-script.js';
import { foldText } from './fold-text.js';
import type { QueryPart } from './parse-query.js';

/** A hit in a text, `end` not included. */
interface HitRange {
  readonly start: number;
  readonly end: number;
}

const snippetLength = 220;
const lead = 60;
const mostHits = 50;
const longestSearched = 100_000;

/**
 * The stretch of a text that shows most of what was looked for, on one line, with the hits marked: plain data, never
 * HTML. What is cut off is told by `…`. Without a hit it is the beginning.
 */
export function snippetOf(text: string, parts: readonly QueryPart[], by: 'words' | 'parts'): MarkedText {
  const searched = text.slice(0, longestSearched);
  const hits = hitsIn(searched, parts, by);
  const start = startOf(searched, hits);
  const end = Math.min(searched.length, start + snippetLength);
  const marked: { text: string; isHit: boolean }[] = [];
  const add = (from: number, to: number, isHit: boolean): void => {
    const shown = searched.slice(from, to).replaceAll(/[\s\p{Cc}]+/gu, ' ');
    if (shown !== '') marked.push({ text: shown, isHit });
  };
  if (start > 0) marked.push({ text: '…', isHit: false });
  let position = start;
  for (const hit of hits) {
    if (hit.start < position || hit.end > end) continue;
    add(position, hit.start, false);
    add(hit.start, hit.end, true);
    position = hit.end;
  }
  add(position, end, false);
  if (end < text.length) marked.push({ text: '…', isHit: false });
  return marked;
}

/** Where the text holds the parts, in order; at most 50 of each. */
function hitsIn(text: string, parts: readonly QueryPart[], by: 'words' | 'parts'): readonly HitRange[] {
  const folded = foldText(text);
  const found = parts.flatMap((part) =>
    by === 'words' ? wordHits(folded.text, part) : literalHits(folded.text, foldText(part.literal).text),
  );
  return found
    .map(({ start, end }) => ({ start: folded.originOf(start), end: folded.originOf(end) }))
    .toSorted((one, other) => one.start - other.start || other.end - one.end);
}

function wordHits(text: string, part: QueryPart): readonly HitRange[] {
  const pattern = wordsPattern(part);
  if (pattern === null) return [];
  const hits: HitRange[] = [];
  for (const { index, 0: match } of text.matchAll(pattern)) {
    hits.push({ start: index, end: index + match.length });
    if (hits.length === mostHits) break;
  }
  return hits;
}

function literalHits(text: string, literal: string): readonly HitRange[] {
  const hits: HitRange[] = [];
  if (literal === '') return hits;
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + literal.length)) {
    hits.push({ start: at, end: at + literal.length });
    if (hits.length === mostHits) break;
  }
  return hits;
}

/** The words hold letters and digits only: nothing in them means anything to a pattern. */
function wordsPattern({ words, isPrefix }: QueryPart): RegExp | null {
  const folded = words.map((word) => foldText(word).text).filter((word) => word !== '');
  const [first, last] = [folded[0], folded.at(-1)];
  if (first === undefined || last === undefined) return null;
  const before = hasUnspacedScript(first) ? '' : String.raw`(?<![\p{L}\p{N}])`;
  const after = hasUnspacedScript(last) ? '' : isPrefix ? String.raw`[\p{L}\p{N}]*` : String.raw`(?![\p{L}\p{N}])`;
  const joined = folded.map((word, index) => {
    const next = folded[index + 1];
    if (next === undefined) return word;
    return `${word}[^\\p{L}\\p{N}]${hasUnspacedScript(word) || hasUnspacedScript(next) ? '{0,20}' : '{1,20}'}`;
  });
  return new RegExp(`${before}${joined.join('')}${after}`, 'gu');
}

/** Where the stretch begins that holds most of the hits: a little before its first, at the start of a word. */
function startOf(text: string, hits: readonly HitRange[]): number {
  let [best, most] = [0, 0];
  hits.forEach(({ start }, index) => {
    const reach = start + snippetLength - lead;
    let count = 0;
    for (let next = index; next < hits.length && (hits[next]?.end ?? 0) <= reach; next += 1) count += 1;
    if (count > most) [best, most] = [start, count];
  });
  const from = Math.max(0, best - lead);
  if (from === 0) return 0;
  const space = text.indexOf(' ', from);
  const start = space === -1 || space >= best ? from : space + 1;
  // Never between the halves of a character.
  return /[\udc00-\udfff]/.test(text.charAt(start)) ? start + 1 : start;
}
