import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfTranscript, generatedTranscript } from '../../support/generated-transcripts.js';
import { tempFolder } from '../../support/temp-folder.js';
import { oracleLinesOf } from './oracle-lines.js';
import { propertyRuns } from './property-runs.js';
import { figuresOf, readAfresh } from './read-transcript.js';
import { whatTranscriptSays } from './transcript-oracle.js';

test('a whole transcript is read as its format says', { timeout: propertyRuns.timeoutMs }, async () => {
  const file = path.join(tempFolder(), 'transcript.jsonl');
  await fc.assert(
    fc.asyncProperty(generatedTranscript, fc.nat(), async (lines, exported) => {
      const bytes = bytesOfTranscript(lines);
      const oracleLines = oracleLinesOf(lines, bytes.length);
      const lineStarts = [0, ...oracleLines.map(({ startsAt }) => startsAt)];
      const exportedBytes = lineStarts[exported % lineStarts.length] ?? 0;
      writeFileSync(file, bytes);
      const snapshot = await readAfresh(file, exportedBytes);
      expect(snapshot).toMatchObject({
        sizeBytes: bytes.length,
        completeBytes: bytes.lastIndexOf(10) + 1,
        restarted: false,
        exportedBytes,
      });

      const expected = whatTranscriptSays(oracleLines, exportedBytes);
      expect(figuresOf(snapshot)).toMatchObject(expected);
    }),
    propertyRuns,
  );
});
