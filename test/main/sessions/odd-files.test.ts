import { appendFileSync, closeSync, openSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRange } from '../../../src/main/sessions/read-range.js';
import { openForReading } from '../../../src/main/sessions/readable-file.js';
import { openTranscriptReader } from '../../../src/main/sessions/transcript-reader.js';
import { tempFolder } from '../../support/temp-folder.js';
import { answerLine, promptLine, transcriptOf } from '../../support/transcript-lines.js';
import { meaningOf, readAfresh, readOn } from './read-transcript.js';

const answer = answerLine({ promptTokens: 50_000, outputTokens: 500 });
const next = answerLine({ uuid: 'a2', messageId: 'm2', promptTokens: 60_000, outputTokens: 600 });

function newFile(content = ''): string {
  const file = path.join(tempFolder(), 'transcript.jsonl');
  writeFileSync(file, content);
  return file;
}

/** How long it takes only to read the file, in pieces as large as the reader's. */
async function msOfBareRead(file: string): Promise<number> {
  const startedAt = performance.now();
  const handle = await openForReading(file);
  await readRange(handle, { from: 0, to: Number.MAX_SAFE_INTEGER }, () => true);
  await handle.close();
  return performance.now() - startedAt;
}

describe('a file that a crash has left with a hole', () => {
  test.each([
    ['a few bytes', 5],
    ['300 MB', 300_000_000],
  ])(
    'of %s is read about as fast as its bytes come, and so is what comes behind it',
    { timeout: 60_000 },
    async (_name, holeBytes) => {
      const file = newFile(transcriptOf(answer));
      const reader = openTranscriptReader({ path: file });
      await readOn(reader);
      truncateSync(file, answer.length + 1 + holeBytes);
      const bareMs = await msOfBareRead(file);
      const memoryBefore = process.memoryUsage().rss;
      const startedAt = performance.now();
      const holed = await readOn(reader);
      expect(holed.facts).toMatchObject({ reading: { usedTokens: 50_500 }, badLines: 0 });
      expect(holed.completeBytes).toBe(answer.length + 1);
      appendFileSync(file, transcriptOf(next, promptLine()));
      const behind = await readOn(reader);
      expect(behind.facts).toMatchObject({ reading: { usedTokens: 60_600 }, badLines: 1 });
      expect(behind).toMatchObject({ unexportedMessages: 3, completeBytes: behind.sizeBytes });
      expect(performance.now() - startedAt).toBeLessThan(3 * bareMs + 1000);
      expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(100_000_000);
      expect(meaningOf(await readAfresh(file))).toEqual(meaningOf(behind));
    },
  );
});

describe('a line that is longer than anybody keeps', () => {
  test('costs no more memory than the longest that is kept, and is one bad line', { timeout: 60_000 }, async () => {
    const file = newFile(transcriptOf(answer));
    const piece = Buffer.alloc(1_000_000, 'x');
    const handle = openSync(file, 'a');
    for (let count = 0; count < 80; count += 1) appendFileSync(handle, piece);
    appendFileSync(handle, `\n${transcriptOf(next)}`);
    closeSync(handle);
    expect((await readAfresh(file)).facts).toMatchObject({ reading: { usedTokens: 60_600 }, badLines: 1 });
  });

  test('of 10 MB is read like any other', async () => {
    const long = answerLine({
      uuid: 'a2',
      messageId: 'm2',
      promptTokens: 7000,
      outputTokens: 7,
      text: '界"'.repeat(2_000_000),
    });
    expect((await readAfresh(newFile(transcriptOf(answer, long)))).facts).toMatchObject({
      reading: { usedTokens: 7007 },
      badLines: 0,
    });
  });
});
