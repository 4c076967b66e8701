import type { MarkedText } from '../../../shared/archive-search.js';
import { hasUnspacedScript, spaced } from '../spaced-script.js';
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
/** So much of a text is looked through for its snippet. */
export const longestSearched = 100_000;
const eachWord = /[\p{L}\p{N}\p{Co}]+/gu;

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
  const tokens = by === 'words' ? tokensOf(folded.text) : [];
  const found = parts.flatMap((part) =>
    by === 'words' ? wordHits(tokens, part) : literalHits(folded.text, foldText(part.literal).text),
  );
  return found
    .map(({ start, end }) => ({ start: folded.originOf(start), end: folded.originOf(end) }))
    .toSorted((one, other) => one.start - other.start || other.end - one.end);
}

interface Token extends HitRange {
  readonly word: string;
}

/** The words of a folded text with their places; each character of a script without spaces is one. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { 0: word, index } of text.matchAll(eachWord)) {
    let start = index;
    for (const part of hasUnspacedScript(word)
      ? spaced(word)
          .split(' ')
          .filter((piece) => piece !== '')
      : [word]) {
      tokens.push({ word: part, start, end: start + part.length });
      start += part.length;
    }
  }
  return tokens;
}

function wordHits(tokens: readonly Token[], { words, isPrefix }: QueryPart): readonly HitRange[] {
  const wanted = words.map((word) => foldText(word).text).filter((word) => word !== '');
  const fits = (word: string, at: number): boolean =>
    isPrefix && at === wanted.length - 1 ? word.startsWith(wanted[at] ?? '') : word === wanted[at];
  const hits: HitRange[] = [];
  for (let from = 0; wanted.length > 0 && from + wanted.length <= tokens.length; from += 1) {
    const [first, last] = [tokens[from], tokens[from + wanted.length - 1]];
    if (!first || !last || !fits(first.word, 0)) continue;
    if (!tokens.slice(from, from + wanted.length).every(({ word }, at) => fits(word, at))) continue;
    hits.push({ start: first.start, end: last.end });
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
