import { parseEntry, type Entry } from './entry-parser.js';

/** What became of one line: `damaged` where a record could be saved from a line that is not wholly readable. */
export type TranscriptLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'entry'; readonly entry: Entry; readonly damaged: boolean }
  | { readonly kind: 'bad' };

const recordStart =
  /\{"(?:type|parentUuid|logicalParentUuid|uuid|isSidechain|sessionId|userType|requestedModel|message|attachment|timestamp|cwd|version|data|subtype|requestId)":/g;
const salvageAttempts = 2000;

/**
 * Reads one complete line. NUL bytes, which a crash leaves, are passed over; of a cut record with the next one behind
 * it the next one is taken, as it is the newest.
 */
export function readTranscriptLine(text: string): TranscriptLine {
  const entry = parseEntry(text);
  if (entry !== null) return { kind: 'entry', entry, damaged: false };
  const hasNul = text.includes('\0');
  const tidied = text.replaceAll('\0', '').trim();
  if (tidied === '') return hasNul ? { kind: 'bad' } : { kind: 'blank' };
  const tidiedEntry = tidied === text ? null : parseEntry(tidied);
  if (tidiedEntry !== null) return { kind: 'entry', entry: tidiedEntry, damaged: hasNul };
  const saved = lastRecordOf(tidied);
  return saved === null ? { kind: 'bad' } : { kind: 'entry', entry: saved, damaged: true };
}

/** Entry whose text runs to the end of the line. A part of a cut record is no entry: a part follows a colon, a comma or a bracket. */
function lastRecordOf(line: string): Entry | null {
  let attempts = 0;
  for (const match of line.matchAll(recordStart)) {
    if (match.index === 0) continue;
    attempts += 1;
    if (attempts > salvageAttempts) return null;
    const candidate = line.slice(match.index);
    const entry = parseEntry(candidate);
    if (entry === null) continue;
    const isPart = /[:,[]\s*$/.test(line.slice(Math.max(0, match.index - 8), match.index));
    return isPart && !/"sessionId":"/.test(candidate) ? null : entry;
  }
  return null;
}
