import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.js';
import { waitUntil } from '../../support/wait-until.js';
import { idOf, newRoot, soon, startWatcher } from './watcher-scene.js';

describe('events', () => {
  test('the files that are there are told at the start, with what they are', async () => {
    const { root, file } = newRoot();
    writeFileSync(file(1), '12345');
    writeFileSync(path.join(root, '-home-someone', 'agent-1.jsonl'), '');
    const { seen, health } = await startWatcher([root]);
    expect([...seen.values()]).toEqual([
      {
        id: idOf(1),
        path: file(1),
        folder: path.dirname(file(1)),
        sizeBytes: 5,
        modifiedAtMs: statSync(file(1)).mtimeMs,
        inode: statSync(file(1)).ino,
      },
    ]);
    expect(health.at(-1)).toEqual({ path: root, source: 'flag', state: 'watching', sessionFiles: 1 });
  });

  test('an append is seen, and a file as it was is told once', async () => {
    const { root, file } = newRoot();
    writeFileSync(file(1), 'one\n');
    const { calls, sizeOf } = await startWatcher([root]);
    appendFileSync(file(1), 'two\n');
    await expect.poll(() => sizeOf(file(1)), soon).toBe(8);
    await pause(150);
    expect(calls.map((call) => call.sizeBytes)).toEqual([4, 8]);
  });

  test.each([0, 2, 10, 40, 70, 76])('of two writes %i ms apart the last one is seen', async (apartMs) => {
    const { root, file } = newRoot();
    writeFileSync(file(1), '');
    const { sizeOf } = await startWatcher([root]);
    for (let round = 1; round <= 5; round += 1) {
      appendFileSync(file(1), 'a');
      // oxlint-disable-next-line no-await-in-loop
      if (apartMs > 0) await pause(apartMs);
      appendFileSync(file(1), 'b');
      // oxlint-disable-next-line no-await-in-loop
      await expect.poll(() => sizeOf(file(1)), soon).toBe(round * 2);
    }
  });

  test('an old file that is resumed is seen', async () => {
    const { root, file } = newRoot();
    const old = new Date(Date.now() - 90 * 24 * 3_600_000);
    for (let number = 0; number < 200; number += 1) {
      writeFileSync(file(number), 'old\n');
      utimesSync(file(number), old, old);
    }
    const { sizeOf } = await startWatcher([root]);
    appendFileSync(file(117), 'new\n');
    await expect.poll(() => sizeOf(file(117)), soon).toBe(8);
  });

  test('a project folder that is made together with its file is seen, every time', async () => {
    const { root } = newRoot();
    const { sizeOf } = await startWatcher([root]);
    for (let number = 0; number < 25; number += 1) {
      const file = path.join(root, `-new-${number}`, `${idOf(number)}.jsonl`);
      mkdirSync(path.dirname(file));
      writeFileSync(file, 'one\n');
      // oxlint-disable-next-line no-await-in-loop
      await pause(number % 5);
      appendFileSync(file, 'two\n');
      // oxlint-disable-next-line no-await-in-loop
      await expect.poll(() => sizeOf(file), soon).toBe(8);
    }
  });

  test('a file that is removed, moved or replaced is told', async () => {
    const { root, file } = newRoot();
    for (const number of [1, 2, 3]) writeFileSync(file(number), 'one\n');
    const { gone, sizeOf, seen } = await startWatcher([root]);
    rmSync(file(1));
    await expect.poll(() => gone, soon).toContain(file(1));
    mkdirSync(path.join(root, '-elsewhere'));
    const moved = path.join(root, '-elsewhere', path.basename(file(2)));
    renameSync(file(2), moved);
    await expect.poll(() => gone, soon).toContain(file(2));
    await expect.poll(() => sizeOf(moved), soon).toBe(4);
    const inode = statSync(file(3)).ino;
    writeFileSync(`${file(3)}.next`, 'one\n');
    renameSync(`${file(3)}.next`, file(3));
    await expect.poll(() => seen.get(file(3))?.inode, soon).not.toBe(inode);
  });

  test('a project folder that goes takes its files along, and may come back', async () => {
    const { root, folder, file } = newRoot();
    writeFileSync(file(1), 'one\n');
    const { gone, sizeOf } = await startWatcher([root]);
    rmSync(folder, { recursive: true });
    await expect.poll(() => gone, soon).toContain(file(1));
    mkdirSync(folder);
    writeFileSync(file(1), 'again\n');
    await expect.poll(() => sizeOf(file(1)), soon).toBe(6);
    appendFileSync(file(1), 'more\n');
    await expect.poll(() => sizeOf(file(1)), soon).toBe(11);
  });

  test('links to files are not followed, linked project folders are', async () => {
    const { root, file } = newRoot();
    const elsewhere = tempFolder();
    const target = path.join(elsewhere, `${idOf(5)}.jsonl`);
    writeFileSync(target, 'one\n');
    symlinkSync(target, file(1));
    symlinkSync(elsewhere, path.join(root, '-linked'));
    const { seen, sizeOf } = await startWatcher([root]);
    const linked = path.join(root, '-linked', `${idOf(5)}.jsonl`);
    expect([...seen.keys()]).toEqual([linked]);
    appendFileSync(target, 'two\n');
    await expect.poll(() => sizeOf(linked), soon).toBe(8);
  });
});

test('after stop nothing is told and nothing holds the process', async () => {
  const { root, file } = newRoot();
  writeFileSync(file(1), 'one\n');
  const missing = path.join(tempFolder(), 'missing', 'projects');
  const active = (name: string) => process.getActiveResourcesInfo().filter((one) => one === name).length;
  // chokidar lets its last throttle run out, a second at most; the tests before this one used it too.
  await pause(1100);
  const timersBefore = active('Timeout');
  const { watcher, calls } = await startWatcher([root, missing]);
  expect(active('FSEventWrap')).toBeGreaterThan(2);
  expect(active('Timeout')).toBeGreaterThan(timersBefore);
  appendFileSync(file(1), 'two\n');
  await pause(20);
  const stopping = watcher.stop();
  const told = calls.length;
  await stopping;
  await waitUntil('all watches to end', () => (active('FSEventWrap') === 0 ? true : null), 1500);
  await waitUntil('all timers to end', () => (active('Timeout') <= timersBefore ? true : null), 1500);
  appendFileSync(file(1), 'three\n');
  mkdirSync(missing, { recursive: true });
  await pause(200);
  expect(calls.length).toBe(told);
});

test('ten thousand old files in five hundred folders are told once and looked at without being read', async () => {
  const root = path.join(tempFolder(), 'projects');
  const old = new Date(Date.now() - 90 * 24 * 3_600_000);
  for (let folder = 0; folder < 500; folder += 1) {
    mkdirSync(path.join(root, `-project-${folder}`), { recursive: true });
    for (let number = 0; number < 20; number += 1) {
      const file = path.join(root, `-project-${folder}`, `${idOf(folder * 20 + number)}.jsonl`);
      writeFileSync(file, '');
      utimesSync(file, old, old);
    }
  }
  const { watcher, calls, seen, sizeOf } = await startWatcher([root]);
  expect([calls.length, seen.size]).toEqual([10_000, 10_000]);
  expect(process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length).toBeLessThan(600);
  const file = path.join(root, '-project-321', `${idOf(321 * 20 + 7)}.jsonl`);
  appendFileSync(file, 'resumed\n');
  await expect.poll(() => sizeOf(file), soon).toBe(8);
  await watcher.sweep();
  expect(calls.length).toBe(10_001);
});
