import { parseEntry, type Entry } from './entry-parser.js';

/** What became of one line: `damaged` where records could be saved from a line that is not wholly readable. */
export type TranscriptLine =
  | { readonly kind: 'blank' }
  /** At least one entry, in file order. */
  | { readonly kind: 'entries'; readonly entries: readonly Entry[]; readonly damaged: boolean }
  | { readonly kind: 'bad' };

const objectStart = /\{"\w+":/g;
/** Records that are looked for in one line, and characters that are parsed for one that a cut may hide: a line made to cost time costs little. */
const mostRecords = 2000;
const mostCharactersTried = 5_000_000;

/**
 * Reads one complete line. NUL bytes, which a crash leaves, are passed over. Where records share a line because a crash
 * took the end of one or its line end, all that are whole are taken.
 */
export function readTranscriptLine(text: string): TranscriptLine {
  const entry = parseEntry(text);
  if (entry !== null) return { kind: 'entries', entries: [entry], damaged: false };
  const hasNul = text.includes('\0');
  const tidied = text.replaceAll('\0', '').trim();
  if (tidied === '') return hasNul ? { kind: 'bad' } : { kind: 'blank' };
  const tidiedEntry = tidied === text ? null : parseEntry(tidied);
  if (tidiedEntry !== null) return { kind: 'entries', entries: [tidiedEntry], damaged: hasNul };
  const saved = wholeRecordsOf(tidied);
  return saved.length === 0 ? { kind: 'bad' } : { kind: 'entries', entries: saved, damaged: true };
}

/**
 * The whole records of a line that is more or less than one record. A part of a record follows a colon, a comma or a
 * bracket; an object that follows anything else starts a record, and the one before it ends there, whole or not.
 */
function wholeRecordsOf(line: string): Entry[] {
  const saved: Entry[] = [];
  const parts: number[] = [];
  const starts: number[] = [];
  for (const { index } of line.matchAll(objectStart)) {
    if (isBehindPunctuation(line, index)) parts.push(index);
    else starts.push(index);
  }
  let end = line.length;
  for (const start of starts.slice(-mostRecords).toReversed()) {
    const ownParts = parts.splice(parts.findLastIndex((part) => part < start) + 1);
    const entry = parseEntry(line.slice(start, end)) ?? recordBehindCut(line.slice(0, end), ownParts);
    if (entry !== null) saved.push(entry);
    end = start;
  }
  return saved.toReversed();
}

function isBehindPunctuation(line: string, index: number): boolean {
  let before = index - 1;
  while (line[before] === ' ') before -= 1;
  return line[before] === ':' || line[before] === ',' || line[before] === '[';
}

/** The record behind one that was cut right after a colon, a comma or a bracket: told from a part of it by what only records say of themselves. */
function recordBehindCut(line: string, parts: readonly number[]): Entry | null {
  let tried = 0;
  for (const start of parts) {
    const candidate = line.slice(start);
    tried += candidate.length;
    if (tried > mostCharactersTried) return null;
    const entry = parseEntry(candidate);
    if (entry !== null) return /"(?:sessionId|isSidechain|parentUuid)":/.test(candidate) ? entry : null;
  }
  return null;
}
