import { appendFileSync, mkdirSync, renameSync, rmSync, utimesSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StartWatch } from '../../../src/main/sessions/folder-watch.js';
import { tempFolder } from '../../support/temp-folder.js';
import { idOf, never, newRoot, soon, startWatcher } from './watcher-scene.js';

/** Watches that bring no event, as where the system's queue has overflown or changes are made on another machine. */
const silent: StartWatch = (folder) => watch(folder, () => undefined);

describe('the sweep', () => {
  /** As where the system gives no more watches. */
  const refuse = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, watch'), { code: 'ENOSPC' });
  };

  test('sees everything where there are no watches, and the shortage is told once', async () => {
    const { root, file } = newRoot();
    mkdirSync(path.join(root, '-second'));
    const old = new Date(Date.now() - 90 * 24 * 3_600_000);
    writeFileSync(file(1), 'one\n');
    utimesSync(file(1), old, old);
    let isRefused = true;
    const { watcher, troubles, sizeOf, gone, lastState } = await startWatcher([root], {
      pollIntervalMs: 50,
      startWatch: (folder, onEvent) => (isRefused ? refuse() : watch(folder, onEvent)),
    });
    expect(troubles).toMatchObject([
      { code: 'watches-exhausted', path: null, message: expect.stringContaining('ENOSPC') },
    ]);
    appendFileSync(file(1), 'two\n');
    await expect.poll(() => sizeOf(file(1)), soon).toBe(8);
    writeFileSync(file(2), 'one\n');
    await expect.poll(() => sizeOf(file(2)), soon).toBe(4);
    rmSync(file(2));
    await expect.poll(() => gone, soon).toContain(file(2));
    const second = path.join(root, '-second', `${idOf(3)}.jsonl`);
    writeFileSync(second, 'one\n');
    await expect.poll(() => sizeOf(second), soon).toBe(4);
    renameSync(path.dirname(second), path.join(tempFolder(), 'second'));
    await expect.poll(() => gone, soon).toContain(second);
    const aside = path.join(tempFolder(), 'projects');
    renameSync(root, aside);
    await expect.poll(() => gone, soon).toContain(file(1));
    renameSync(aside, root);
    await expect.poll(() => sizeOf(file(1)), soon).toBe(8);
    expect(troubles).toHaveLength(1);
    expect(lastState()).toBe('polling');
    isRefused = false;
    await watcher.rewalk();
    expect(lastState()).toBe('watching');
    expect(troubles.at(-1)).toEqual({ code: 'watches-exhausted', message: null, path: null });
    watcher.setPollInterval(never);
    appendFileSync(file(1), 'three\n');
    await expect.poll(() => sizeOf(file(1)), soon).toBe(14);
  });

  test('catches what events have missed: new files, recent ones, and old ones in the full walk', async () => {
    const { root, file } = newRoot();
    const old = new Date(Date.now() - 90 * 24 * 3_600_000);
    writeFileSync(file(1), 'old\n');
    utimesSync(file(1), old, old);
    writeFileSync(file(2), 'recent\n');
    let clock = Date.now();
    const { watcher, sizeOf, calls } = await startWatcher([root], { startWatch: silent, now: () => clock });
    appendFileSync(file(1), 'more\n');
    appendFileSync(file(2), 'more\n');
    writeFileSync(file(3), 'new\n');
    await watcher.sweep();
    expect([sizeOf(file(2)), sizeOf(file(3))]).toEqual([12, 4]);
    expect(sizeOf(file(1))).toBe(4);
    clock += 600_000;
    await watcher.sweep();
    expect(sizeOf(file(1))).toBe(9);
    appendFileSync(file(1), 'more\n');
    await watcher.rewalk();
    expect(sizeOf(file(1))).toBe(14);
    const before = calls.length;
    await watcher.rewalk();
    expect(calls.length).toBe(before);
  });

  test('finds a new file in a quiet folder within four sweeps, although its event was lost', async () => {
    const { root } = newRoot();
    const folders = Array.from({ length: 7 }, (_, number) => path.join(root, `-quiet-${number}`));
    for (const folder of folders) mkdirSync(folder);
    const { watcher, sizeOf } = await startWatcher([root], { startWatch: silent });
    const files = folders.map((folder, number) => path.join(folder, `${idOf(number)}.jsonl`));
    for (const file of files) writeFileSync(file, 'new\n');
    for (let sweep = 0; sweep < 4; sweep += 1) await watcher.sweep();
    expect(files.map(sizeOf)).toEqual(files.map(() => 4));
  });

  test('finds new folders although their events were lost', async () => {
    const { root } = newRoot();
    const { watcher, sizeOf } = await startWatcher([root], { startWatch: silent });
    const file = path.join(root, '-new', `${idOf(1)}.jsonl`);
    mkdirSync(path.dirname(file));
    writeFileSync(file, 'new\n');
    await watcher.sweep();
    expect(sizeOf(file)).toBe(4);
  });

  test.skipIf(process.platform !== 'linux')(
    "heals an overflow of the system's queue, really: recent files, new files, new folders and resumed ones",
    async () => {
      const { root, file } = newRoot();
      const old = new Date(Date.now() - 90 * 24 * 3_600_000);
      for (const number of [1, 2, 3, 4]) writeFileSync(file(number), '');
      utimesSync(file(4), old, old);
      const { sizeOf, lastState } = await startWatcher([root]);
      // Equal neighbours in the queue are one event, so two files take turns; nothing is read from the queue meanwhile.
      for (let round = 0; round < 9000; round += 1) {
        appendFileSync(file(1), 'a');
        appendFileSync(file(2), 'b');
      }
      appendFileSync(file(3), 'lost\n');
      appendFileSync(file(4), 'lost\n');
      writeFileSync(file(5), 'lost\n');
      const inNewFolder = path.join(root, '-new', `${idOf(6)}.jsonl`);
      mkdirSync(path.dirname(inNewFolder));
      writeFileSync(inNewFolder, 'lost\n');
      const all = [file(1), file(2), file(3), file(4), file(5), inNewFolder];
      await expect.poll(() => all.map(sizeOf), soon).toEqual([9000, 9000, 5, 5, 5, 5]);
      expect(lastState()).toBe('watching');
      appendFileSync(inNewFolder, 'more\n');
      await expect.poll(() => sizeOf(inNewFolder), soon).toBe(10);
    },
  );
});

describe('a network drive', () => {
  test('is polled: no event comes, and each sweep finds what was written lately and what is new', async () => {
    const { root, file } = newRoot();
    const old = new Date(Date.now() - 90 * 24 * 3_600_000);
    mkdirSync(path.join(root, '-old'));
    const oldFile = path.join(root, '-old', `${idOf(9)}.jsonl`);
    writeFileSync(oldFile, '');
    utimesSync(oldFile, old, old);
    writeFileSync(file(1), 'one\n');
    const watched: string[] = [];
    const { watcher, sizeOf, gone, health } = await startWatcher([root], {
      isOnNetwork: async () => true,
      startWatch(folder, onEvent) {
        watched.push(folder);
        return silent(folder, onEvent);
      },
    });
    expect(health.at(-1)).toEqual({ path: root, source: 'flag', state: 'polling', sessionFiles: 2 });
    appendFileSync(file(1), 'more\n');
    writeFileSync(file(2), 'new\n');
    await watcher.sweep();
    expect([sizeOf(file(1)), sizeOf(file(2))]).toEqual([9, 4]);
    rmSync(file(2));
    await watcher.sweep();
    expect(gone).toEqual([file(2)]);
    appendFileSync(oldFile, 'resumed\n');
    await watcher.rewalk();
    expect(sizeOf(oldFile)).toBe(8);
    await watcher.sweep();
    // Each watch is a question on the main thread: only where people work, and not at the first look.
    expect(watched.filter((folder) => folder !== path.dirname(root))).toEqual([
      root,
      path.dirname(file(1)),
      path.dirname(oldFile),
    ]);
  });

  test('whose events do come is followed by them too', async () => {
    const { root, file } = newRoot();
    writeFileSync(file(1), 'one\n');
    const { watcher, sizeOf, lastState } = await startWatcher([root], { isOnNetwork: async () => true });
    await watcher.sweep();
    appendFileSync(file(1), 'more\n');
    await expect.poll(() => sizeOf(file(1)), soon).toBe(9);
    expect(lastState()).toBe('polling');
  });
});
