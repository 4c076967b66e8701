import { hasUnspacedScript, spaced } from '../spaced-script.js';

/** One thing that has to be there. */
export interface QueryPart {
  /** As it was written, without quotes and star. */
  readonly literal: string;
  /** Its words as they were written, one after the other; none where it is all punctuation. */
  readonly words: readonly string[];
  /** The last word is only the beginning of one. */
  readonly isPrefix: boolean;
}

/** What a person looks for. */
export interface ParsedQuery {
  readonly parts: readonly QueryPart[];
  /** Looks like code, or is written without spaces between words: then parts of words are what is meant. */
  readonly isLiteral: boolean;
}

const longestQuery = 500;
const mostParts = 16;
const mostWords = 32;
const eachPart = /"([^"]*)"?(\*?)|(\S+)/gu;
const eachWord = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
/** What prose doesn't hold between its letters. */
const codeCharacters = /[_()[\]{}<>=+/\\|@#$%^&~`;]|[\p{L}\p{N}][.:][\p{L}\p{N}]|--|::|->/u;

/**
 * Reads what a person typed: words, "phrases", the start of words with a star*. Any text is understood somehow: what is
 * no word is left out, a quote that isn't closed reaches to the end. At most 500 characters and 16 parts count.
 */
export function parseQuery(text: string): ParsedQuery {
  const parts: QueryPart[] = [];
  const shown = text.slice(0, longestQuery).replaceAll(/[\0\p{Cs}]/gu, ' ');
  for (const [, quoted, star, bare] of shown.matchAll(eachPart)) {
    const written = quoted ?? bare ?? '';
    const isPrefix = quoted === undefined ? /[\p{L}\p{N}]\*$/u.test(written) : star === '*';
    const literal = (quoted === undefined ? written.replace(/\*+$/u, '').replaceAll('"', '') : written).trim();
    if (literal === '') continue;
    parts.push({ literal, words: wordsOf(literal), isPrefix });
    if (parts.length === mostParts) break;
  }
  return {
    parts,
    isLiteral: parts.some(({ literal }) => codeCharacters.test(literal) && !hasUnspacedScript(literal)),
  };
}

/** The words of a text, letters and digits only; each character of a script without spaces is one. */
function wordsOf(text: string): readonly string[] {
  return Array.from(spaced(text).matchAll(eachWord), ([word]) => word).slice(0, mostWords);
}
