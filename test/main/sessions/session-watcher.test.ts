import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RootHealth } from '../../../src/shared/app-state.js';
import type { SessionFile } from '../../../src/main/sessions/session-file.js';
import { watchSessions, type SessionWatcherOptions } from '../../../src/main/sessions/session-watcher.js';
import type { WatchTrouble } from '../../../src/main/sessions/watch-trouble.js';
import { tempFolder } from '../../support/temp-folder.js';
import { waitUntil } from '../../support/wait-until.js';

const never = 3_600_000;
const soon = { timeout: 5000, interval: 10 };
const idOf = (number: number) => `127e953c-b649-416b-bfc4-${String(number).padStart(12, '0')}`;

/** A watcher that only events can move, and all that it tells. */
async function startWatcher(roots: readonly string[], options: Partial<SessionWatcherOptions> = {}) {
  const seen = new Map<string, SessionFile>();
  const calls: SessionFile[] = [];
  const gone: string[] = [];
  const health: RootHealth[] = [];
  const troubles: WatchTrouble[] = [];
  const watcher = await watchSessions({
    roots,
    pollIntervalMs: never,
    onFile(file) {
      calls.push(file);
      seen.set(file.path, file);
    },
    onGone(file) {
      gone.push(file);
      seen.delete(file);
    },
    onRoot: (root) => health.push(root),
    onTrouble: (trouble) => troubles.push(trouble),
    log: { debug: () => undefined },
    ...options,
  });
  onTestFinished(() => watcher.stop());
  const sizeOf = (file: string) => seen.get(file)?.sizeBytes;
  const lastState = () => health.at(-1)?.state;
  return { watcher, seen, calls, gone, health, troubles, sizeOf, lastState };
}

function newRoot(): { root: string; folder: string; file: (number: number) => string } {
  const root = path.join(tempFolder(), 'config', 'projects');
  const folder = path.join(root, '-home-someone');
  mkdirSync(folder, { recursive: true });
  return { root, folder, file: (number) => path.join(folder, `${idOf(number)}.jsonl`) };
}

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
    expect(health).toEqual([{ path: root, state: 'watching' }]);
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

describe('roots', () => {
  test.each([
    ['whose config folder is there', 1],
    ['of which nothing is there', 3],
  ])('a root %s appears later', async (_name, levels) => {
    const top = tempFolder();
    const parts = ['a', 'b', 'projects'].slice(-levels);
    const root = path.join(top, ...parts);
    const { health, lastState, sizeOf } = await startWatcher([root]);
    expect(health).toEqual([{ path: root, state: 'missing' }]);
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
    expect(health).toEqual([{ path: root, state: 'unreadable' }]);
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
});

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
