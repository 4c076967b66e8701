import { appendFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTranscriptReader } from '../../../src/main/sessions/transcript-reader.js';
import { bytesOfTranscript, generatedTranscript, type GeneratedLine } from '../../support/generated-transcripts.js';
import { tempFolder } from '../../support/temp-folder.js';
import { propertyRuns } from './property-runs.js';
import { meaningOf, readAfresh, readOn } from './read-transcript.js';

/** A place in a file, as a share of its length. */
const place = fc.nat({ max: 1_000_000 }).map((value) => value / 1_000_000);

/** What can become of a file other than that it grows. */
const change = fc.oneof(
  fc.record({ kind: fc.constantFrom('append', 'cut', 'drop the last line'), at: place, other: generatedTranscript }),
  fc.record({
    kind: fc.constantFrom('rewrite', 'replace', 'rewrite at the same size', 'replace at the same size'),
    at: place,
    other: generatedTranscript,
  }),
);

test(
  'a transcript that is cut, edited at its end or replaced is read as it is now',
  { timeout: propertyRuns.timeoutMs },
  async () => {
    const file = path.join(tempFolder(), 'transcript.jsonl');
    let time = 1_700_000_000;
    await fc.assert(
      fc.asyncProperty(
        generatedTranscript,
        fc.array(fc.record({ change, isRead: fc.boolean() }), { minLength: 1, maxLength: 6 }),
        async (lines, changes) => {
          let bytes = stamped(lines, time);
          writeFileSync(file, bytes);
          const reader = openTranscriptReader({ path: file });
          await readOn(reader);
          for (const { change: next, isRead } of changes) {
            // Each change has a time of its own, as the clock of the file system is coarser than this test.
            time += 1;
            bytes = changed(file, bytes, { ...next, more: stamped(next.other, time) });
            utimesSync(file, time, time);
            if (!isRead) continue;
            // oxlint-disable-next-line no-await-in-loop
            const [, snapshot] = [await readOn(reader), await readOn(reader)];
            // oxlint-disable-next-line no-await-in-loop
            const fresh = await readAfresh(file);
            expect(meaningOf(snapshot), `${next.kind}`).toEqual(meaningOf(fresh));
            expect(snapshot.sizeBytes).toBe(bytes.length);
          }
          const [, last] = [await readOn(reader), await readOn(reader)];
          expect(meaningOf(last)).toEqual(meaningOf(await readAfresh(file)));
        },
      ),
      propertyRuns,
    );
  },
);

/** A transcript that differs from all others within any kilobyte, as that much is what the reader looks at again. */
function stamped(lines: readonly GeneratedLine[], stamp: number): Buffer {
  const stampLine: GeneratedLine = {
    bytes: Buffer.from(JSON.stringify({ type: 'stamp', stamp })),
    lineEnd: '\n',
    records: [],
    isBad: false,
  };
  return bytesOfTranscript(lines.filter(({ bytes }) => bytes.length < 900).flatMap((line) => [stampLine, line]));
}

interface Change {
  readonly kind: string;
  readonly at: number;
  readonly more: Buffer;
}

/** Makes the change on disk and returns what the file holds now. */
function changed(file: string, bytes: Buffer, { kind, at, more }: Change): Buffer {
  const kept =
    kind === 'drop the last line' ? bytes.subarray(0, -1).lastIndexOf(10) + 1 : Math.floor(at * bytes.length);
  const sameSize = Buffer.alloc(bytes.length, more.length === 0 ? '\n' : more);
  switch (kind) {
    case 'append':
      appendFileSync(file, more);
      return Buffer.concat([bytes, more]);
    case 'cut':
    case 'drop the last line':
      truncateSync(file, kept);
      appendFileSync(file, more);
      return Buffer.concat([bytes.subarray(0, kept), more]);
    case 'rewrite':
    case 'rewrite at the same size': {
      const rewritten = kind === 'rewrite' ? more : sameSize;
      writeFileSync(file, rewritten);
      return rewritten;
    }
    default: {
      const replaced = kind === 'replace' ? more : sameSize;
      writeFileSync(`${file}.next`, replaced);
      renameSync(`${file}.next`, file);
      return replaced;
    }
  }
}
