import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.js';
import { idOf, newRoot, soon, startWatcher } from './watcher-scene.js';

describe('roots', () => {
  test.each([
    ['whose config folder is there', 1],
    ['of which nothing is there', 3],
  ])('a root %s appears later', async (_name, levels) => {
    const top = tempFolder();
    const parts = ['a', 'b', 'projects'].slice(-levels);
    const root = path.join(top, ...parts);
    const { health, lastState, sizeOf } = await startWatcher([root]);
    expect(health).toEqual([{ path: root, source: 'flag', state: 'missing', sessionFiles: null }]);
    const file = path.join(root, '-home', `${idOf(1)}.jsonl`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'one\n');
    await expect.poll(lastState, soon).toBe('watching');
    await expect.poll(() => sizeOf(file), soon).toBe(4);
    appendFileSync(file, 'two\n');
    await expect.poll(() => sizeOf(file), soon).toBe(8);
    const later = path.join(root, '-later', `${idOf(2)}.jsonl`);
    mkdirSync(path.dirname(later));
    writeFileSync(later, 'one\n');
    await expect.poll(() => sizeOf(later), soon).toBe(4);
  });

  test('a root that is deleted and made again goes on, three times', async () => {
    const { root, folder, file } = newRoot();
    writeFileSync(file(1), 'one\n');
    const { lastState, sizeOf, gone } = await startWatcher([root]);
    for (let round = 0; round < 3; round += 1) {
      rmSync(path.dirname(root), { recursive: true });
      // oxlint-disable-next-line no-await-in-loop
      await expect.poll(lastState, soon).toBe('missing');
      expect(gone.length).toBe(round + 1);
      mkdirSync(folder, { recursive: true });
      writeFileSync(file(1), 'one\n');
      // oxlint-disable-next-line no-await-in-loop
      await expect.poll(lastState, soon).toBe('watching');
      appendFileSync(file(1), 'two\n');
      // oxlint-disable-next-line no-await-in-loop
      await expect.poll(() => sizeOf(file(1)), soon).toBe(8);
    }
  });

  test('a root that is replaced at one blow goes on', async () => {
    const { root, folder, file } = newRoot();
    writeFileSync(file(1), 'one\n');
    const { sizeOf, gone } = await startWatcher([root]);
    rmSync(root, { recursive: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(file(2), 'one\n');
    await expect.poll(() => sizeOf(file(2)), soon).toBe(4);
    await expect.poll(() => gone, soon).toContain(file(1));
    appendFileSync(file(2), 'two\n');
    await expect.poll(() => sizeOf(file(2)), soon).toBe(8);
    const later = path.join(root, '-later', `${idOf(3)}.jsonl`);
    mkdirSync(path.dirname(later));
    writeFileSync(later, 'one\n');
    await expect.poll(() => sizeOf(later), soon).toBe(4);
  });

  test('a root that cannot be read says so, and mends', async () => {
    const top = tempFolder();
    const root = path.join(top, 'projects');
    writeFileSync(root, 'a file');
    const { health, lastState } = await startWatcher([root]);
    expect(health).toEqual([{ path: root, source: 'flag', state: 'unreadable', sessionFiles: null }]);
    rmSync(root);
    mkdirSync(root);
    await expect.poll(lastState, soon).toBe('watching');
  });

  test.skipIf(process.platform === 'win32')('a folder without permission says so, and mends', async () => {
    const { root, folder, file } = newRoot();
    writeFileSync(file(1), 'one\n');
    for (const above of [path.dirname(path.dirname(root)), path.dirname(root), root]) chmodSync(above, 0o755);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    onTestFinished(() => {
      if (isRoot) process.seteuid?.(0);
    });
    const asOwner = (mode: number, target: string) => {
      if (isRoot) process.seteuid?.(0);
      chmodSync(target, mode);
      if (isRoot) process.seteuid?.(65_534);
    };
    asOwner(0o000, folder);
    const { watcher, troubles, health, sizeOf, lastState } = await startWatcher([root]);
    expect(health.at(-1)?.state).toBe('watching');
    expect(troubles.filter(({ code }) => code === 'folder-unreadable')).toMatchObject([
      { path: folder, message: expect.stringContaining('EACCES') },
    ]);
    asOwner(0o755, folder);
    await watcher.rewalk();
    await expect.poll(() => sizeOf(file(1)), soon).toBe(4);
    expect(troubles.at(-1)).toMatchObject({ message: null });
    asOwner(0o000, root);
    await expect.poll(lastState, soon).toBe('unreadable');
    asOwner(0o755, root);
    await expect.poll(lastState, soon).toBe('watching');
  });

  test('several roots are followed at once', async () => {
    const one = newRoot();
    const two = newRoot();
    writeFileSync(one.file(1), 'one\n');
    writeFileSync(two.file(2), 'two\n');
    const { seen, sizeOf } = await startWatcher([one.root, two.root]);
    expect(seen.size).toBe(2);
    appendFileSync(two.file(2), 'two\n');
    await expect.poll(() => sizeOf(two.file(2)), soon).toBe(8);
  });

  test('a root that is replaced by a link to another folder goes on there', async () => {
    const { root, file } = newRoot();
    const other = newRoot();
    writeFileSync(file(1), 'one\n');
    writeFileSync(other.file(2), 'two\n');
    const { sizeOf, gone, lastState } = await startWatcher([root]);
    renameSync(root, path.join(tempFolder(), 'aside'));
    symlinkSync(other.root, root);
    await expect.poll(() => sizeOf(file(2)), soon).toBe(4);
    await expect.poll(() => gone, soon).toContain(file(1));
    expect(lastState()).toBe('watching');
    appendFileSync(other.file(2), 'more\n');
    await expect.poll(() => sizeOf(file(2)), soon).toBe(9);
    unlinkSync(root);
    await expect.poll(lastState, soon).toBe('missing');
    await expect.poll(() => gone, soon).toContain(file(2));
  });

  test('each root has its own health and its own count', async () => {
    const one = newRoot();
    const two = newRoot();
    const missing = path.join(tempFolder(), 'missing', 'projects');
    for (const number of [1, 2, 3]) writeFileSync(one.file(number), '');
    const { watcher, health } = await startWatcher([one.root, two.root, missing]);
    const now = () =>
      Object.fromEntries(health.map(({ path: root, state, sessionFiles }) => [root, [state, sessionFiles]]));
    expect(now()).toEqual({ [one.root]: ['watching', 3], [two.root]: ['watching', 0], [missing]: ['missing', null] });
    rmSync(one.file(2));
    writeFileSync(two.file(4), '');
    await watcher.sweep();
    expect(now()).toMatchObject({ [one.root]: ['watching', 2], [two.root]: ['watching', 1] });
  });
});
