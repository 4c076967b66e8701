import { appendFileSync, mkdirSync, renameSync, rmSync, utimesSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SessionWatcherOptions } from '../../../src/main/sessions/session-watcher.js';
import { tempFolder } from '../../support/temp-folder.js';
import { idOf, never, newRoot, soon, startWatcher } from './watcher-scene.js';

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
    const { watcher, troubles, sizeOf, gone } = await startWatcher([root], {
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
    isRefused = false;
    await watcher.rewalk();
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
    const silent: SessionWatcherOptions['startWatch'] = (folder) => watch(folder, () => undefined);
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
});
