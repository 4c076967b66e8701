import { stripVTControlCharacters } from 'node:util';

/**
 * Session text as it may stand in a document: terminal escapes are gone, line ends are `\n`; other control characters,
 * NULs, marks that reorder text and lone surrogates are spelled out (`\u202e`). A text of more than `longest` characters
 * keeps its beginning and end, with a line between them that says how much was left out. Escapes no markup.
 */
export function readableText(text: string, longest: number): string {
  if (text.length <= longest) return visible(text);
  const tailLength = Math.floor(longest / 4);
  const head = text.slice(0, longest - tailLength).replace(/[\ud800-\udbff]$/, '');
  const tail = text.slice(text.length - tailLength).replace(/^[\udc00-\udfff]/, '');
  return `${visible(head)}\n… shortened, ${kilobytes(text.length - head.length - tail.length)} left out …\n${visible(tail)}`;
}

/** A size for people, rounded up to whole KB (or MB from 10 000 KB on). */
export function kilobytes(bytes: number): string {
  const count = Math.ceil(bytes / 1000);
  return count < 10_000 ? `${count} KB` : `${Math.round(count / 1000)} MB`;
}

/** As `readableText`, on one line. */
export function readableLabel(text: string, longest = 200): string {
  return readableText(text.slice(0, longest), longest).replaceAll(/\s+/g, ' ').trim();
}

function visible(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(unsafe, spelledOut);
}

/** As in `oneLine`, but line ends and tabs may stay. */
const unsafe = /(?![\n\t])[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

function spelledOut(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
