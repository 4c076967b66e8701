import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listSessionFiles } from '../../../src/main/sessions/session-file.js';
import { openTranscriptReader } from '../../../src/main/sessions/transcript-reader.js';
import { tempFolder } from '../../support/temp-folder.js';
import { answerLine, plainLine, promptLine, ridingLine, transcriptOf } from '../../support/transcript-lines.js';
import { readAfresh, readOn } from './read-transcript.js';

const answer = answerLine({ promptTokens: 50_000, outputTokens: 500 });

function newFile(content = ''): string {
  const file = path.join(tempFolder(), 'transcript.jsonl');
  writeFileSync(file, content);
  return file;
}

const session = '127e953c-b649-416b-bfc4-5dab47ff2f18';

/** Everything that a client puts beside a session, below a `projects` folder. */
const neighbours = [
  'agent-a881341.jsonl',
  'agent-acompact-fffbd0.jsonl',
  'sessions-index.json',
  'memory/MEMORY.md',
  `${session}/subagents/agent-a881341.jsonl`,
  `${session}/subagents/agent-a881341.meta.json`,
  `${session}/subagents/agent-acompact-fffbd0.jsonl`,
  `${session}/subagents/workflows/w1/agent-a1.jsonl`,
  `${session}/subagents/workflows/w1/2c72f93b-5e29-4997-8306-b8b95eaf1e5c.jsonl`,
  `${session}/tool-results/toolu_01.txt`,
  `${session}/tool-results/2c72f93b-5e29-4997-8306-b8b95eaf1e5c.jsonl`,
  `${session}/resume-head.jsonl`,
];

test('none of what lies beside a session is taken for one', async () => {
  const root = tempFolder();
  const folder = path.join(root, '-home-someone');
  for (const neighbour of [`${session}.jsonl`, ...neighbours]) {
    mkdirSync(path.dirname(path.join(folder, neighbour)), { recursive: true });
    writeFileSync(path.join(folder, neighbour), transcriptOf(answer));
  }
  writeFileSync(path.join(root, 'history.jsonl'), transcriptOf(ridingLine()));
  expect((await listSessionFiles(root)).map(({ path: found }) => found)).toEqual([
    path.join(folder, `${session}.jsonl`),
  ]);
});

describe('lives of a session', () => {
  test('after /clear the new file says nothing until its first answer', async () => {
    const file = newFile(transcriptOf(ridingLine('mode', { mode: 'default' }), promptLine({ text: '/clear' })));
    const reader = openTranscriptReader({ path: file });
    expect((await readOn(reader)).facts).toMatchObject({ reading: null, justCompacted: null, firstPromptTokens: null });
    appendFileSync(file, transcriptOf(answer));
    expect((await readOn(reader)).facts.reading).toMatchObject({ usedTokens: 50_500 });
  });

  test('a fork says of its fill what the copied lines say, and counts each of their messages once', async () => {
    const copied = { sessionId: 'fork', forkedFrom: { sessionId: 's', messageUuid: 'a1' } };
    const lines = [1, 540].map((outputTokens, part) =>
      answerLine({ uuid: `a${part}`, messageId: 'm1', outputTokens, line: copied }),
    );
    const snapshot = await readAfresh(newFile(transcriptOf(promptLine({ line: copied }), ...lines)));
    expect(snapshot).toMatchObject({ unexportedMessages: 2, facts: { reading: { outputTokens: 540 } } });
  });

  test('a session that is moved to another folder is the same session', async () => {
    const root = tempFolder();
    for (const name of ['-home-someone', '-elsewhere']) mkdirSync(path.join(root, name));
    const file = path.join(root, '-home-someone', `${session}.jsonl`);
    writeFileSync(file, transcriptOf(answer, ridingLine('relocated', { to: '/elsewhere' })));
    const before = await readAfresh(file);
    const moved = path.join(root, '-elsewhere', `${session}.jsonl`);
    renameSync(file, moved);
    expect((await listSessionFiles(root)).map(({ id, path: found }) => [id, found])).toEqual([[session, moved]]);
    expect(await readAfresh(moved)).toMatchObject({ inode: before.inode, facts: before.facts });
    expect(await openTranscriptReader({ path: file }).read()).toEqual({ kind: 'gone' });
  });

  test('what rides along at the end changes the time and nothing else', async () => {
    const file = newFile(transcriptOf(answer));
    const reader = openTranscriptReader({ path: file });
    const before = await readOn(reader);
    const riding = [
      'last-prompt',
      'mode',
      'permission-mode',
      'queue-operation',
      'file-history-snapshot',
      'pr-link',
      'tag',
    ];
    appendFileSync(file, transcriptOf(...riding.map((type) => ridingLine(type, { usage: { input_tokens: 9 } }))));
    const after = await readOn(reader);
    expect(after.facts).toEqual(before.facts);
    expect(after.unexportedMessages).toBe(before.unexportedMessages);
  });

  test('the 110 KB that a fresh session puts behind its first answer hide nothing', async () => {
    const attachment = plainLine('attachment', 't1', { attachment: { content: 'x'.repeat(110_000) } });
    expect((await readAfresh(newFile(transcriptOf(answer, attachment)))).facts.reading).toMatchObject({
      usedTokens: 50_500,
    });
  });
});
