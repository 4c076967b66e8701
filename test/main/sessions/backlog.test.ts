import { expect, test } from 'vitest';
import { createBacklog } from '../../../src/main/sessions/backlog.js';
import { parseEntry, type Entry } from '../../../src/main/sessions/entry-parser.js';
import { answerLine, plainLine, promptLine, ridingLine } from '../../support/transcript-lines.js';

function entryOf(line: string): Entry {
  const entry = parseEntry(line);
  if (entry === null) throw new Error(`A bad line: ${line}`);
  return entry;
}

const lines = [
  promptLine({ uuid: 'u1' }), // 0
  answerLine({ uuid: 'a1', messageId: 'm1' }), // 10
  answerLine({ uuid: 'a2', messageId: 'm1' }), // 20
  plainLine('attachment', 't1'), // 30
  promptLine({ uuid: 'u2' }), // 40
  answerLine({ uuid: 'a3', messageId: 'm2' }), // 50
  plainLine('system', 'y1'), // 60
  ridingLine(), // 70
].map(entryOf);

function backlogOfLines(exportedBytes: number) {
  const backlog = createBacklog(exportedBytes);
  lines.forEach((entry, index) => backlog.note(entry, index * 10));
  return backlog;
}

test.each([
  [0, 4, true],
  [10, 3, true],
  [20, 3, true],
  [30, 2, true],
  [50, 1, true],
  [60, 0, true],
  [70, 0, false],
  [80, 0, false],
])('with %i bytes exported, %i messages wait', (exportedBytes, messages, isNew) => {
  const fromStart = backlogOfLines(exportedBytes);
  const movedThere = backlogOfLines(0);
  movedThere.setExportedBytes(exportedBytes);
  for (const backlog of [fromStart, movedThere]) {
    expect([backlog.unexportedMessages(), backlog.hasSomethingNew()]).toEqual([messages, isNew]);
    expect(backlog.missing()).toBeNull();
  }
});

test('a mark that goes back asks for the lines between, once', () => {
  const backlog = backlogOfLines(50);
  backlog.setExportedBytes(20);
  expect(backlog.missing()).toEqual({ from: 20, to: 50 });
  backlog.addEarlier(
    new Map([
      ['m1', 20],
      ['u2', 40],
    ]),
  );
  expect([backlog.unexportedMessages(), backlog.missing()]).toEqual([3, null]);
  backlog.setExportedBytes(41);
  expect(backlog.unexportedMessages()).toBe(1);
});

test('a message without any id counts by its place', () => {
  const backlog = createBacklog(0);
  const bare = entryOf('{"type":"user","message":{"content":"hi"}}');
  backlog.note(bare, 0);
  backlog.note(bare, 10);
  expect(backlog.unexportedMessages()).toBe(2);
});
