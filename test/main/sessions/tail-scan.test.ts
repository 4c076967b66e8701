import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileScan } from '../../../src/main/sessions/file-scan.js';
import { scanTail } from '../../../src/main/sessions/tail-scan.js';
import { emptyFacts, foldEntry, type TranscriptFacts } from '../../../src/main/sessions/transcript-facts.js';
import { readTranscriptLine } from '../../../src/main/sessions/transcript-line.js';
import {
  answerLine,
  boundaryLine,
  plainLine,
  promptLine,
  ridingLine,
  transcriptOf,
} from '../../support/transcript-lines.js';
import { listTranscripts, transcriptsFolder } from '../../support/genuine-transcripts.js';

/** Runs a scan over bytes in memory, and counts what it reads. */
function run(bytes: Buffer, scan: FileScan<TranscriptFacts> = scanTail(bytes.length)) {
  let bytesRead = 0;
  let step = scan.next();
  while (step.done !== true) {
    const { from, to } = step.value;
    bytesRead += to - from;
    step = scan.next(bytes.subarray(from, to));
  }
  return { facts: step.value, bytesRead };
}

function foldWhole(bytes: Buffer): TranscriptFacts {
  let facts = emptyFacts();
  for (const line of bytes.toString('utf8').split('\n')) {
    const read = readTranscriptLine(line);
    if (read.kind === 'entries') facts = read.entries.reduce(foldEntry, facts);
  }
  return facts;
}

/** What a glance has to get right. */
function fillOf({ reading, justCompacted, firstPromptTokens, cwd, gitBranch, version }: TranscriptFacts) {
  const place = reading === null ? null : { cwd, gitBranch, version };
  return { reading, justCompacted, ofFirst: justCompacted === null ? null : firstPromptTokens, place };
}

const filler = plainLine('attachment', 't1', { attachment: 'x'.repeat(110_000) });
const manyLines = Array.from({ length: 3000 }, (_, index) => promptLine({ uuid: `f${index}`, text: 'y'.repeat(400) }));
const first = answerLine({ uuid: 'first', messageId: 'first', promptTokens: 21_000, outputTokens: 9 });

describe('the end of a transcript says what the whole says', () => {
  test.each<[string, string[]]>([
    ['nothing', []],
    ['no answer yet', [promptLine()]],
    ['one answer', [promptLine(), answerLine()]],
    ['a long line behind the newest answer', [first, ...manyLines, answerLine(), filler]],
    ['several long lines behind it', [first, answerLine(), filler, filler, filler, filler]],
    [
      'a placeholder after the final figure of an answer',
      [
        first,
        answerLine({ messageId: 'm', outputTokens: 700 }),
        promptLine(),
        answerLine({ messageId: 'm', outputTokens: 1 }),
      ],
    ],
    [
      'an error behind it',
      [first, answerLine(), answerLine({ uuid: 'e', messageId: 'e', model: '<synthetic>', promptTokens: 9 })],
    ],
    [
      'a sub-agent behind it',
      [first, answerLine(), answerLine({ uuid: 's', messageId: 's', promptTokens: 9, line: { isSidechain: true } })],
    ],
    [
      'a compaction at the end',
      [first, ...manyLines, answerLine(), boundaryLine({ trigger: 'auto', preTokens: 90, postTokens: 5 })],
    ],
    [
      'two compactions at the end',
      [
        first,
        ...manyLines,
        answerLine(),
        boundaryLine({ preTokens: 90, postTokens: 5 }),
        boundaryLine({ preTokens: 80, postTokens: 4 }),
      ],
    ],
    [
      'old answers again behind a compaction',
      [
        first,
        ...manyLines,
        answerLine({ uuid: 'old' }),
        boundaryLine({ preTokens: 90, postTokens: 5 }),
        answerLine({ uuid: 'old' }),
        promptLine(),
      ],
    ],
    [
      'an answer behind old ones behind a compaction',
      [
        first,
        answerLine({ uuid: 'old' }),
        boundaryLine({ preTokens: 90, postTokens: 5 }),
        answerLine({ uuid: 'old' }),
        answerLine({ uuid: 'new', messageId: 'new', promptTokens: 30_000 }),
      ],
    ],
    [
      'bad lines and NULs',
      [first, 'no json', '\0\0\0', answerLine(), '{"type":"assistant","mess', '\0'.repeat(70_000)],
    ],
  ])('%s', (_name, lines) => {
    const bytes = Buffer.from(transcriptOf(...lines));
    expect(fillOf(run(bytes).facts)).toEqual(fillOf(foldWhole(bytes)));
    const withoutEnd = bytes.subarray(0, -1);
    expect(fillOf(run(withoutEnd).facts)).toEqual(fillOf(foldWhole(withoutEnd)));
  });

  test('the title, from its end, else from its first lines', () => {
    const summary = JSON.stringify({ type: 'summary', summary: 'Summed up', leafUuid: 'l' });
    const titled = (...lines: string[]) => run(Buffer.from(transcriptOf(...lines))).facts.title;
    expect(titled(summary, first, ...manyLines, answerLine())).toBe('Summed up');
    expect(titled(summary, first, ...manyLines, answerLine(), ridingLine('ai-title', { aiTitle: 'Named' }))).toBe(
      'Named',
    );
  });

  test('reads little, however long the file is', () => {
    const long = Buffer.from(transcriptOf(first, ...manyLines, ...manyLines, answerLine(), promptLine()));
    expect(run(long).bytesRead).toBeLessThanOrEqual(96 * 1024);
    const compacted = Buffer.from(
      transcriptOf(first, ...manyLines, ...manyLines, answerLine(), boundaryLine({ preTokens: 90, postTokens: 5 })),
    );
    expect(run(compacted).bytesRead).toBeLessThanOrEqual(96 * 1024);
  });

  test('a file that becomes shorter meanwhile ends the scan', () => {
    expect(run(Buffer.from('short'), scanTail(1_000_000)).facts.reading).toBeNull();
  });
});

const genuine = await listTranscripts();

describe.skipIf(genuine.length === 0)('the ends of genuine transcripts say what the whole says', () => {
  test.each(genuine)('%s, cut at many lines', (file) => {
    const bytes = readFileSync(path.join(transcriptsFolder, file));
    const lineEnds: number[] = [];
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lineEnds.push(at + 1);
    const step = Math.max(1, Math.floor(lineEnds.length / 40));
    let facts = emptyFacts();
    for (const [index, end] of lineEnds.entries()) {
      const line = readTranscriptLine(bytes.toString('utf8', lineEnds[index - 1] ?? 0, end));
      if (line.kind === 'entries') facts = line.entries.reduce(foldEntry, facts);
      if (index % step !== 0) continue;
      expect(fillOf(run(bytes.subarray(0, end)).facts), `the first ${index + 1} lines`).toEqual(fillOf(facts));
    }
  });
});
