import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepRootDisks } from '../../../src/main/sessions/root-disks.js';
import { resolveSessionRoots } from '../../../src/main/sessions/session-roots.js';
import { tempFolder } from '../../support/temp-folder.js';
import { mountHungDrive } from './hung-drive.js';
import { idOf, newRoot, soon, startWatcher } from './watcher-scene.js';

test('a root whose drive does not answer at the start holds up neither the start nor the others, and goes on', async () => {
  const good = newRoot();
  const hung = newRoot();
  writeFileSync(good.file(1), 'one\n');
  writeFileSync(hung.file(2), 'two\n');
  let answer: (onNetwork: boolean) => void = () => undefined;
  const untilAnswer = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  const isOnNetwork = (folder: string) => (folder === hung.root ? untilAnswer : Promise.resolve(false));
  const { watcher, stateOf, sizeOf, seen } = await startWatcher([hung.root, good.root], {
    isOnNetwork,
    slowAfterMs: 100,
  });
  expect([stateOf(hung.root), stateOf(good.root)]).toEqual(['slow', 'watching']);
  expect([...seen.keys()]).toEqual([good.file(1)]);
  appendFileSync(good.file(1), 'more\n');
  await expect.poll(() => sizeOf(good.file(1)), soon).toBe(9);
  await Promise.all([watcher.sweep(), watcher.rewalk()]);
  answer(false);
  await expect.poll(() => stateOf(hung.root), soon).toBe('watching');
  await expect.poll(() => sizeOf(hung.file(2)), soon).toBe(4);
});

test('a drive that really hangs is asked once at a time, whatever is asked of the roots, and leaves the others alone', async (context) => {
  const mountPoint = path.join(tempFolder(), 'drive');
  const drive = mountHungDrive(mountPoint);
  if (drive === null) return context.skip('Mounting a drive takes root on Linux.');
  onTestFinished(() => drive.wake());
  const good = newRoot();
  writeFileSync(good.file(1), 'one\n');
  const hung = ['a', 'b', 'c'].map((name) => path.join(mountPoint, name, 'projects'));
  const { watcher, stateOf, sizeOf } = await startWatcher([...hung.slice(0, 2), good.root], { slowAfterMs: 100 });
  expect([stateOf(hung[0]), stateOf(hung[1]), stateOf(good.root)]).toEqual(['slow', 'slow', 'watching']);
  for (let round = 0; round < 5; round += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await watcher.rewalk();
  }
  // Of the process's four threads two are lost to the two roots; one question more of them and this would never end.
  await expect(Promise.all([1, 2, 3].map(() => readFile(good.file(1), 'utf8')))).resolves.toHaveLength(3);
  appendFileSync(good.file(1), 'two\n');
  await expect.poll(() => sizeOf(good.file(1)), soon).toBe(8);
  drive.wake();
  await expect.poll(() => stateOf(hung[0]), soon).toBe('missing');
  const file = path.join(hung[0] ?? '', '-home', `${idOf(3)}.jsonl`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'back\n');
  await watcher.sweep();
  await expect.poll(() => stateOf(hung[0]), soon).toBe('watching');
  expect(sizeOf(file)).toBe(5);
});

test('a root on a drive that hangs is named by its name alone, and asked once', async (context) => {
  const mountPoint = path.join(tempFolder(), 'drive');
  const drive = mountHungDrive(mountPoint);
  if (drive === null) return context.skip('Mounting a drive takes root on Linux.');
  onTestFinished(() => drive.wake());
  const sources = {
    homeFolder: tempFolder(),
    environment: {},
    extraRoots: [path.join(mountPoint, 'one'), path.join(mountPoint, 'two', 'projects')],
    claudeFolders: [],
  };
  const diskOf = keepRootDisks();
  const names = async () => (await resolveSessionRoots(sources, diskOf)).map((root) => root.path);
  const expected = [
    path.join(sources.homeFolder, '.claude', 'projects'),
    path.join(mountPoint, 'one', 'projects'),
    path.join(mountPoint, 'two', 'projects'),
  ];
  expect(await names()).toEqual(expected);
  const startedAt = performance.now();
  for (let round = 0; round < 5; round += 1) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await names()).toEqual(expected);
  }
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
