import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listSessionFiles, sessionIdOf, statSessionFile } from '../../../src/main/sessions/session-file.js';
import { tempFolder } from '../../support/temp-folder.js';

const id = '127e953c-b649-416b-bfc4-5dab47ff2f18';
const other = '2c72f93b-5e29-4997-8306-b8b95eaf1e5c';

test.each([
  [`${id}.jsonl`, id],
  [`/x/${id}.jsonl`, id],
  [`${id.toUpperCase()}.jsonl`, id.toUpperCase()],
  ['agent-a881341.jsonl', null],
  ['agent-acompact-fffbd0.jsonl', null],
  ['resume-head.jsonl', null],
  ['sessions-index.json', null],
  [`${id}.jsonl.bak`, null],
  [`${id}.json`, null],
  [`x${id}.jsonl`, null],
  [id, null],
])('%s stands for %s', (name, expected) => {
  expect(sessionIdOf(name)).toBe(expected);
});

test('sessions are the files at their depth, and only these', async () => {
  const root = tempFolder();
  const folder = path.join(root, '-home-someone');
  const sessionFile = path.join(folder, `${id}.jsonl`);
  mkdirSync(path.join(folder, id, 'subagents'), { recursive: true });
  mkdirSync(path.join(folder, `${other}.jsonl`));
  mkdirSync(path.join(root, 'memory'));
  writeFileSync(sessionFile, 'twelve bytes');
  writeFileSync(path.join(root, `${other}.jsonl`), '');
  writeFileSync(path.join(folder, 'agent-a881341.jsonl'), '');
  writeFileSync(path.join(folder, id, `${other}.jsonl`), '');
  writeFileSync(path.join(folder, id, 'subagents', 'agent-1.jsonl'), '');
  symlinkSync(sessionFile, path.join(root, 'memory', `${other}.jsonl`));
  const stats = statSync(sessionFile);
  const expected = { id, path: sessionFile, folder, sizeBytes: 12, modifiedAtMs: stats.mtimeMs, inode: stats.ino };
  expect(await listSessionFiles(root)).toEqual([expected]);
  expect(await statSessionFile(sessionFile)).toEqual(expected);
  expect(await statSessionFile(path.join(root, 'memory', `${other}.jsonl`))).toBeNull();
  expect(await statSessionFile(path.join(folder, `${id}.jsonl`, `${id}.jsonl`))).toBeNull();
});

test('a root that is missing is an error', async () => {
  await expect(listSessionFiles(path.join(tempFolder(), 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
});
