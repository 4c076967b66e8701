import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTranscriptReader, type TranscriptReader } from '../../../src/main/sessions/transcript-reader.js';
import type { TranscriptSnapshot } from '../../../src/main/sessions/transcript-snapshot.js';
import { tempFolder } from '../../support/temp-folder.js';
import {
  answerLine,
  boundaryLine,
  plainLine,
  promptLine,
  ridingLine,
  transcriptOf,
} from '../../support/transcript-lines.js';

async function snapshotOf(reader: TranscriptReader): Promise<TranscriptSnapshot> {
  const read = await reader.read();
  if (read.kind !== 'read') throw new Error(`Not read: ${JSON.stringify(read)}`);
  return read.snapshot;
}

function newTranscript(content: string | Buffer = ''): string {
  const file = path.join(tempFolder(), 'transcript.jsonl');
  writeFileSync(file, content);
  return file;
}

/** What a snapshot says of the transcript, without what it says of the work. */
function meaningOf({ facts, completeBytes, unexportedMessages, hasSomethingNew, sizeBytes }: TranscriptSnapshot) {
  return { facts, completeBytes, unexportedMessages, hasSomethingNew, sizeBytes };
}

const awkward = Buffer.concat([
  Buffer.from(`${promptLine({ uuid: 'u1', text: 'grüße 🐛' })}\r\n`),
  Buffer.from(transcriptOf(answerLine({ uuid: 'a1', messageId: 'm1', outputTokens: 3 }), '', '// prose')),
  Buffer.from(`${answerLine({ uuid: 'a2', messageId: 'm1', outputTokens: 540 })}\n`),
  Buffer.from(
    `${promptLine({ uuid: 'u2' }).slice(0, -5)}${boundaryLine({ trigger: 'auto', preTokens: 9, postTokens: 5 })}\n`,
  ),
  Buffer.from(
    `\0\0\0${plainLine('attachment', 't1', { text: '\ud800' })}\n${ridingLine('ai-title', { aiTitle: 'Title' })}\n`,
  ),
  Buffer.from(answerLine({ uuid: 'a3', messageId: 'm2' })),
]);

test('a transcript on a quick disk gives the same, also when it is long', async () => {
  const long = transcriptOf(
    ...Array.from({ length: 2000 }, (_, index) => promptLine({ uuid: `l${index}`, text: 'z'.repeat(500) })),
  );
  const file = newTranscript(Buffer.concat([Buffer.from(long), awkward]));
  const quick = openTranscriptReader({ path: file, isQuick: () => true });
  expect(meaningOf(await snapshotOf(quick))).toEqual(meaningOf(await snapshotOf(openTranscriptReader({ path: file }))));
  appendFileSync(file, `\n${answerLine({ uuid: 'later', messageId: 'later', promptTokens: 77 })}\n`);
  expect((await snapshotOf(quick)).facts.reading).toMatchObject({ messageId: 'later', promptTokens: 77 });
  rmSync(file);
  expect(await quick.read()).toEqual({ kind: 'gone' });
});

describe('a transcript read in pieces gives what it gives at once', () => {
  test('cut in two at every byte', async () => {
    const whole = await snapshotOf(openTranscriptReader({ path: newTranscript(awkward) }));
    expect(whole).toMatchObject({
      unexportedMessages: 2,
      facts: { badLines: 3, title: 'Title', reading: { messageId: 'm2' } },
    });
    const file = newTranscript();
    for (let cut = 0; cut <= awkward.length; cut += 1) {
      writeFileSync(file, awkward.subarray(0, cut));
      const reader = openTranscriptReader({ path: file });
      // oxlint-disable-next-line no-await-in-loop
      const first = await snapshotOf(reader);
      expect(first.completeBytes).toBe(awkward.subarray(0, cut).lastIndexOf(10) + 1);
      appendFileSync(file, awkward.subarray(cut));
      // oxlint-disable-next-line no-await-in-loop
      const second = await snapshotOf(reader);
      expect(second.restarted).toBe(false);
      expect(meaningOf(second), `cut at ${cut}`).toEqual(meaningOf(whole));
    }
  });

  test.each([1, 2, 3, 4, 5])('in random pieces, seed %i', async (seed) => {
    const whole = await snapshotOf(openTranscriptReader({ path: newTranscript(awkward) }));
    const random = randomFrom(seed);
    const file = newTranscript();
    const reader = openTranscriptReader({ path: file });
    for (let at = 0; at < awkward.length;) {
      const end = at + 1 + Math.floor(random() * (random() < 0.2 ? 700 : 30));
      appendFileSync(file, awkward.subarray(at, end));
      // oxlint-disable-next-line no-await-in-loop
      await reader.read();
      at = end;
    }
    expect(meaningOf(await snapshotOf(reader))).toEqual(meaningOf(whole));
  });
});

describe('the last line without line end', () => {
  test('counts for the reading when it is a whole record, and never for an export', async () => {
    const file = newTranscript(`${promptLine()}\n${answerLine()}`);
    const reader = openTranscriptReader({ path: file });
    const open = await snapshotOf(reader);
    expect(open).toMatchObject({
      completeBytes: promptLine().length + 1,
      unexportedMessages: 1,
      facts: { reading: { messageId: 'msg_1' } },
    });
    appendFileSync(file, '\n');
    const ended = await snapshotOf(reader);
    expect(ended).toMatchObject({ completeBytes: ended.sizeBytes, unexportedMessages: 2, facts: open.facts });
  });

  test('is no reading while it is a part, and no bad line', async () => {
    const nested = plainLine('progress', 'p1', {
      data: { message: { type: 'assistant', message: { id: 'n', usage: { input_tokens: 5 } } } },
    });
    const file = newTranscript(`${answerLine()}\n${nested.slice(0, -2)}`);
    expect((await snapshotOf(openTranscriptReader({ path: file }))).facts).toMatchObject({
      badLines: 0,
      reading: { messageId: 'msg_1' },
    });
  });

  test('of 10 MB in a thousand pieces is parsed a few times only', async () => {
    const line = Buffer.from(promptLine({ text: '}'.repeat(10_000_000) }));
    const file = newTranscript();
    const reader = openTranscriptReader({ path: file });
    const piece = Math.ceil(line.length / 1000);
    for (let at = 0; at < line.length; at += piece) {
      appendFileSync(file, line.subarray(at, at + piece));
      // oxlint-disable-next-line no-await-in-loop
      await reader.read();
    }
    const settled = await snapshotOf(reader);
    expect(settled.facts.cwd).toBe('/home/someone/project');
    expect(settled.linesParsed).toBeLessThan(30);
    expect(settled.bytesRead).toBeLessThan(line.length + 1000 * 4096);
    appendFileSync(file, '\n');
    expect(await snapshotOf(reader)).toMatchObject({ unexportedMessages: 1, completeBytes: line.length + 1 });
  });
});

test('lines that run over the pieces in which a file is read stay whole', async () => {
  const lines = Array.from({ length: 12 }, (_, index) =>
    answerLine({ uuid: `a${index}`, messageId: `m${index}`, text: `${index}`.repeat(90_001 * (index % 4)) }),
  );
  const snapshot = await snapshotOf(openTranscriptReader({ path: newTranscript(transcriptOf(...lines)) }));
  expect(snapshot.sizeBytes).toBeGreaterThan(1_000_000);
  expect(snapshot).toMatchObject({ unexportedMessages: 12, linesParsed: 12, facts: { badLines: 0 } });
});

describe('only new bytes are read', () => {
  const long = transcriptOf(
    ...Array.from({ length: 500 }, (_, index) => answerLine({ uuid: `a${index}`, messageId: `m${index}` })),
  );

  test('a second pass over an unchanged file reads and parses nothing', async () => {
    const reader = openTranscriptReader({ path: newTranscript(long) });
    const first = await snapshotOf(reader);
    expect([first.bytesRead, first.linesParsed, first.unexportedMessages]).toEqual([long.length, 500, 500]);
    const second = await snapshotOf(reader);
    expect([second.bytesRead, second.linesParsed]).toEqual([first.bytesRead, 500]);
    expect(second.facts).toBe(first.facts);
  });

  test('an append costs itself and at most 4 KB', async () => {
    const file = newTranscript(long);
    const reader = openTranscriptReader({ path: file });
    const before = await snapshotOf(reader);
    const added = transcriptOf(answerLine({ uuid: 'new', messageId: 'new' }));
    appendFileSync(file, added);
    const after = await snapshotOf(reader);
    expect(after.linesParsed - before.linesParsed).toBe(1);
    expect(after.bytesRead - before.bytesRead).toBeLessThanOrEqual(added.length + 4096);
    expect(after).toMatchObject({ restarted: false, facts: { reading: { messageId: 'new' } } });
  });

  test('calls during a read share the next one', async () => {
    const file = newTranscript(long);
    const reader = openTranscriptReader({ path: file });
    const reads = [reader.read(), reader.read(), reader.read()];
    expect(reads[1]).toBe(reads[2]);
    appendFileSync(file, transcriptOf(answerLine({ messageId: 'new' })));
    expect(await reads[2]).toMatchObject({ snapshot: { linesParsed: 501, facts: { reading: { messageId: 'new' } } } });
  });
});

describe('a file that is not what it was is read afresh', () => {
  const before = transcriptOf(
    promptLine(),
    answerLine({ messageId: 'old' }),
    ...Array.from({ length: 9 }, () => ridingLine()),
  );
  const after = transcriptOf(promptLine(), answerLine({ messageId: 'new', promptTokens: 70_000 }));

  test.each<[string, (file: string) => void]>([
    [
      'cut',
      (file) => {
        truncateSync(file, promptLine().length + 1);
        appendFileSync(file, transcriptOf(answerLine({ messageId: 'new' })));
      },
    ],
    [
      'rewritten after a last piece of one byte',
      (file) => writeFileSync(file, before.replace('"old"', '"new"') + transcriptOf(ridingLine())),
    ],
    ['rewritten longer than it was', (file) => writeFileSync(file, after + before)],
    [
      'rewritten at the same length',
      (file) => {
        writeFileSync(file, before.replace('"old"', '"new"'));
        utimesSync(file, new Date(), new Date(Date.now() + 5000));
      },
    ],
    [
      'replaced by another of the same length',
      (file) => {
        writeFileSync(`${file}.next`, before.replace('"old"', '"new"'));
        renameSync(`${file}.next`, file);
      },
    ],
  ])('%s', async (_name, change) => {
    const file = newTranscript(before.slice(0, -1));
    const reader = openTranscriptReader({ path: file });
    await reader.read();
    appendFileSync(file, '\n');
    expect(await snapshotOf(reader)).toMatchObject({ restarted: false, facts: { reading: { messageId: 'old' } } });
    change(file);
    const changed = await snapshotOf(reader);
    const fresh = await snapshotOf(openTranscriptReader({ path: file }));
    expect(changed.restarted).toBe(true);
    expect(meaningOf(changed)).toEqual(meaningOf(fresh));
    expect((await snapshotOf(reader)).restarted).toBe(false);
  });
});

describe('the backlog', () => {
  const lines = [
    promptLine({ uuid: 'u1' }),
    answerLine({ uuid: 'a1', messageId: 'm1' }),
    ridingLine(),
    promptLine({ uuid: 'u2' }),
    answerLine({ uuid: 'a2', messageId: 'm1' }),
  ];
  const endOf = (count: number) => transcriptOf(...lines.slice(0, count)).length;

  test.each([
    [0, 3, true],
    [1, 2, true],
    [3, 2, true],
    [4, 1, true],
    [5, 0, false],
  ])('after the export of %i lines holds %i messages', async (count, unexportedMessages, hasSomethingNew) => {
    const file = newTranscript(transcriptOf(...lines));
    const expected = { exportedBytes: endOf(count), unexportedMessages, hasSomethingNew };
    expect(await snapshotOf(openTranscriptReader({ path: file, exportedBytes: endOf(count) }))).toMatchObject(expected);
    for (const startsAt of [0, 3, 5]) {
      const reader = openTranscriptReader({ path: file, exportedBytes: endOf(startsAt) });
      // oxlint-disable-next-line no-await-in-loop
      await reader.read();
      reader.setExportedBytes(endOf(count));
      // oxlint-disable-next-line no-await-in-loop
      expect(await snapshotOf(reader), `moved from ${startsAt}`).toMatchObject(expected);
    }
  });

  test('a mark that moves forward costs no byte', async () => {
    const reader = openTranscriptReader({ path: newTranscript(transcriptOf(...lines)) });
    const before = await snapshotOf(reader);
    reader.setExportedBytes(endOf(3));
    const after = await snapshotOf(reader);
    expect([after.bytesRead, after.linesParsed, after.unexportedMessages]).toEqual([
      before.bytesRead,
      before.linesParsed,
      2,
    ]);
  });

  test('a mark within a line counts from the next line', async () => {
    const file = newTranscript(transcriptOf(...lines));
    const reader = openTranscriptReader({ path: file, exportedBytes: endOf(5) });
    await reader.read();
    reader.setExportedBytes(endOf(3) + 4);
    expect(await snapshotOf(reader)).toMatchObject({ unexportedMessages: 1 });
  });

  test('lines that ride along are nothing new', async () => {
    const file = newTranscript(transcriptOf(...lines));
    const reader = openTranscriptReader({ path: file, exportedBytes: endOf(5) });
    appendFileSync(file, transcriptOf(ridingLine(), plainLine('progress', 'p1')));
    expect(await snapshotOf(reader)).toMatchObject({ unexportedMessages: 0, hasSomethingNew: false });
    appendFileSync(file, transcriptOf(plainLine('attachment', 't1')));
    expect(await snapshotOf(reader)).toMatchObject({ unexportedMessages: 0, hasSomethingNew: true });
  });
});

describe('a file that cannot be read', () => {
  test('is gone, and read again when it is back', async () => {
    const file = newTranscript(transcriptOf(answerLine()));
    const reader = openTranscriptReader({ path: file });
    await reader.read();
    rmSync(file);
    expect(await reader.read()).toEqual({ kind: 'gone' });
    writeFileSync(file, transcriptOf(answerLine({ messageId: 'back' })));
    expect(await snapshotOf(reader)).toMatchObject({ restarted: true, facts: { reading: { messageId: 'back' } } });
  });

  test('is a folder or a link', async () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'a.jsonl'));
    writeFileSync(path.join(folder, 'secret'), 'secret');
    symlinkSync(path.join(folder, 'secret'), path.join(folder, 'b.jsonl'));
    expect(await openTranscriptReader({ path: path.join(folder, 'a.jsonl') }).read()).toMatchObject({
      kind: 'unreadable',
    });
    expect(await openTranscriptReader({ path: path.join(folder, 'b.jsonl') }).read()).toMatchObject({
      kind: 'unreadable',
      code: 'ELOOP',
    });
  });
});

/** A small seeded generator (mulberry32): the same pieces in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
