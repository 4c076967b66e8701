import type { GeneratedLine } from '../../support/generated-transcripts.js';
import type { OracleLine } from './transcript-oracle.js';

/** The lines that are there when only the first `sizeBytes` bytes of the transcript are written. */
export function oracleLinesOf(lines: readonly GeneratedLine[], sizeBytes: number): OracleLine[] {
  const found: OracleLine[] = [];
  let startsAt = 0;
  for (const { bytes, lineEnd, records, isBad } of lines) {
    if (startsAt >= sizeBytes) break;
    const endsAt = startsAt + bytes.length + lineEnd.length;
    const isComplete = lineEnd !== '' && endsAt <= sizeBytes;
    const there = bytes.subarray(0, sizeBytes - startsAt).toString('utf8');
    found.push({ records: isComplete ? records : wholeRecordsOf(there), isBad, startsAt, isComplete });
    startsAt = endsAt;
  }
  return found;
}

/** The lines of a transcript that somebody else wrote and that nothing has damaged. */
export function oracleLinesOfText(text: string): OracleLine[] {
  let startsAt = 0;
  return text.split('\n').flatMap((line, index, all) => {
    const records = wholeRecordsOf(line);
    const isBad = records.length === 0 && line.trim() !== '';
    const found = { records, isBad, startsAt, isComplete: index < all.length - 1 };
    startsAt += Buffer.byteLength(line) + 1;
    return line === '' ? [] : [found];
  });
}

function wholeRecordsOf(text: string): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? [{ ...value }] : [];
  } catch {
    return []; // A part of a record is none.
  }
}
