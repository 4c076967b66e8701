import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTranscriptReader } from '../../../src/main/sessions/transcript-reader.js';
import { bytesOfTranscript, generatedTranscript, type GeneratedLine } from '../../support/generated-transcripts.js';
import { tempFolder } from '../../support/temp-folder.js';
import { oracleLinesOf } from './oracle-lines.js';
import { propertyRuns } from './property-runs.js';
import { figuresOf, meaningOf, readAfresh, readOn } from './read-transcript.js';
import { whatTranscriptSays } from './transcript-oracle.js';

const perRead = 64 * 1024;

/** A place in a file, as a share of its length: any byte, also within a character and between the two of a line end. */
const place = fc.nat({ max: 1_000_000 }).map((value) => value / 1_000_000);

/** What happens between two writes. */
const between = fc.constantFrom(
  'nothing',
  'nothing',
  'read',
  'read',
  'three reads at once',
  'export',
  'a read that goes on',
);

test(
  'any way of cutting a transcript into writes gives what it gives at once',
  { timeout: propertyRuns.timeoutMs },
  async () => {
    const file = path.join(tempFolder(), 'transcript.jsonl');
    await fc.assert(
      fc.asyncProperty(
        generatedTranscript,
        fc.array(fc.record({ at: place, next: between }), { maxLength: 8, size: 'max' }),
        async (lines, cuts) => {
          const bytes = bytesOfTranscript(lines);
          const pieces = cuts
            .map(({ at, next }) => ({ end: Math.floor(at * (bytes.length + 1)), next }))
            .toSorted((one, other) => one.end - other.end);
          writeFileSync(file, '');
          const reader = openTranscriptReader({ path: file });
          let written = 0;
          let reads = 0;
          let exportedBytes = 0;
          const goingOn: Promise<unknown>[] = [];
          for (const { end, next } of pieces) {
            appendFileSync(file, bytes.subarray(written, end));
            written = end;
            if (next === 'nothing') continue;
            if (next === 'a read that goes on') {
              goingOn.push(readOn(reader));
              reads += 1;
              continue;
            }
            if (next === 'export') {
              // oxlint-disable-next-line no-await-in-loop
              exportedBytes = (await readOn(reader)).completeBytes;
              reader.setExportedBytes(exportedBytes);
              reads += 1;
            }
            const asked = next === 'three reads at once' ? [readOn(reader), readOn(reader)] : [];
            // oxlint-disable-next-line no-await-in-loop
            await Promise.all(asked);
            // The read that finds nothing more is the one that looks at a long line without end.
            // oxlint-disable-next-line no-await-in-loop
            const [, snapshot] = [await readOn(reader), await readOn(reader)];
            reads += 2 + asked.length;
            // oxlint-disable-next-line no-await-in-loop
            const fresh = await readAfresh(file, exportedBytes);
            expect(snapshot.restarted).toBe(false);
            expect(meaningOf(snapshot), `after ${written} bytes`).toEqual(meaningOf(fresh));
            expectOracle(lines, written, snapshot);
          }
          appendFileSync(file, bytes.subarray(written));
          await Promise.all(goingOn);
          const [, last] = [await readOn(reader), await readOn(reader)];
          expect(meaningOf(last)).toEqual(meaningOf(await readAfresh(file, exportedBytes)));
          expectOracle(lines, bytes.length, last);
          expect(last.bytesRead).toBeLessThanOrEqual(bytes.length + (reads + 2) * perRead);
          expect(last.linesParsed).toBeLessThanOrEqual(2 * lines.length + reads + 2);
          const again = await readOn(reader);
          expect([again.bytesRead, again.linesParsed]).toEqual([last.bytesRead, last.linesParsed]);
          expect(meaningOf(again)).toEqual(meaningOf(last));
        },
      ),
      propertyRuns,
    );
  },
);

type Snapshot = Awaited<ReturnType<typeof readAfresh>>;

function expectOracle(lines: readonly GeneratedLine[], written: number, snapshot: Snapshot): void {
  const { exportedBytes } = snapshot;
  expect(figuresOf(snapshot), `after ${written} bytes`).toMatchObject(
    whatTranscriptSays(oracleLinesOf(lines, written), exportedBytes),
  );
}
