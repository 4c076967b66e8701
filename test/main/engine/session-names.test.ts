import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nameSessions } from '../../../src/main/engine/session-names.js';
import type { SessionFile } from '../../../src/main/sessions/session-file.js';
import { statSessionFile } from '../../../src/main/sessions/session-file.js';
import { tempFolder } from '../../support/temp-folder.js';
import { answerLine, promptLine, ridingLine, transcriptOf } from '../../support/transcript-lines.js';
import { readingsOf } from '../export/sidecar-scene.js';

const ids = [1, 2, 3].map((digit) => `${digit}1111111-2222-4333-8444-555555555555`);

async function fileOf(folder: string, id: string | undefined, text: string): Promise<SessionFile> {
  const file = path.join(folder, `${id}.jsonl`);
  writeFileSync(file, text);
  const found = await statSessionFile(file);
  if (!found) throw new Error('no file');
  return found;
}

const named = transcriptOf(
  promptLine({ uuid: 'u', line: { cwd: '/w/api-server' } }),
  answerLine({ promptTokens: 100, outputTokens: 10, line: { cwd: '/w/api-server' } }),
  ridingLine('ai-title', { aiTitle: 'Fix the tests' }),
);

test('sessions are named from the ends of their files, however long', async () => {
  const folder = tempFolder();
  const long = await fileOf(folder, ids[0], `${'{"type":"tag"}\n'.repeat(400_000)}${named}`);
  const bare = await fileOf(folder, ids[1], 'no line of a session\n');
  const gone = { ...bare, id: ids[2] ?? '', path: path.join(folder, 'gone.jsonl') };
  const { bytes } = await readingsOf(async () => {
    expect(await nameSessions([long, bare, gone], () => true)).toEqual([
      { sessionId: ids[0], project: 'api-server', title: 'Fix the tests' },
      { sessionId: ids[1], project: path.basename(folder), title: null },
      { sessionId: ids[2], project: path.basename(folder), title: null },
    ]);
  });
  expect(bytes).toBeGreaterThan(named.length);
  expect(bytes).toBeLessThan(1_000_000);
});

test('a disk that is not quick is not asked', async () => {
  const folder = tempFolder();
  const file = await fileOf(folder, ids[0], named);
  appendFileSync(file.path, named);
  expect(await nameSessions([file], () => false)).toEqual([
    { sessionId: ids[0], project: path.basename(folder), title: null },
  ]);
});
