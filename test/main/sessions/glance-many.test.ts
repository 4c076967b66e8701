import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { glanceAtMany } from '../../../src/main/sessions/glance-many.js';
import { listSessionFilesNow } from '../../../src/main/sessions/glance-now.js';
import { tempFolder } from '../../support/temp-folder.js';

const count = 150;

function manySessions() {
  const root = tempFolder();
  const folder = path.join(root, '-w-many');
  mkdirSync(folder);
  for (let number = 0; number < count; number += 1) {
    const usage = { input_tokens: 1_000 + number, output_tokens: 1 };
    const line = { type: 'assistant', message: { id: `m${number}`, model: 'claude-opus-5-5', usage } };
    const name = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}.jsonl`;
    writeFileSync(path.join(folder, name), `${JSON.stringify(line)}\n`);
  }
  return listSessionFilesNow(root).toSorted((one, other) => one.id.localeCompare(other.id));
}

/** Which files were read, and what the others came to. */
async function glance(worker: string | null) {
  const files = manySessions();
  const told = new Map<number, number | string | null>();
  const twice: number[] = [];
  await glanceAtMany(
    files,
    worker === null ? null : new URL(`data:text/javascript,${encodeURIComponent(worker)}`),
    (index, read) => {
      if (told.has(index)) twice.push(index);
      told.set(index, read.kind === 'read' ? (read.snapshot.facts.reading?.promptTokens ?? null) : read.kind);
    },
  );
  expect(twice).toEqual([]);
  return files.map((_file, index) => told.get(index));
}

const allRead = Array.from({ length: count }, (_, number) => 1_000 + number);

test('every file is read once in one thread', async () => {
  expect(await glance(null)).toEqual(allRead);
});

test('what another thread has taken comes from it', async () => {
  const told = await glance(`
    import { parentPort, workerData } from 'node:worker_threads';
    const index = Atomics.add(workerData.next, 0, 1);
    const mine = index < workerData.files.length ? [[index, { kind: 'gone' }]] : [];
    parentPort.postMessage(mine);
  `);
  expect(told.filter((one) => one === 'gone').length).toBeLessThanOrEqual(1);
  expect(told.every((one, index) => one === 'gone' || one === allRead[index])).toBe(true);
});

test.each([
  [
    'fails',
    "import { workerData } from 'node:worker_threads'; Atomics.add(workerData.next, 0, 5); throw new Error('no');",
  ],
  ['ends without a word', 'process.exit(0)'],
])('a thread that %s leaves nothing unread', async (_how, worker) => {
  expect(await glance(worker)).toEqual(allRead);
});
