import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type LstatAnswer, openRootDisk } from '../../../src/main/sessions/root-disk.js';
import { tempFolder } from '../../support/temp-folder.js';

/** Questions that are answered when the test says so. */
function questions() {
  const begun: (() => void)[] = [];
  const question = () => new Promise<string>((resolve) => begun.push(() => resolve('answer')));
  return { begun, question };
}

test('one question is under way at a time, on a local disk many', async () => {
  const disk = openRootDisk(10_000);
  const { begun, question } = questions();
  const answers = [1, 2, 3].map(() => disk.ask(question));
  expect(begun).toHaveLength(1);
  begun[0]?.();
  await answers[0];
  await expect.poll(() => begun.length).toBe(2);
  disk.setLocal(true);
  begun[1]?.();
  await expect.poll(() => begun.length).toBe(3);
  begun[2]?.();
  await Promise.all(answers);
  const more = [1, 2, 3].map(() => disk.ask(question));
  expect(begun).toHaveLength(6);
  for (const answer of begun.slice(3)) answer();
  await Promise.all(more);
});

test('a disk that answers nothing is slow, is asked nothing more, and goes on when it answers', async () => {
  const disk = openRootDisk(30);
  disk.setLocal(true);
  const { begun, question } = questions();
  const slowness: boolean[] = [];
  disk.onSlowness(() => slowness.push(disk.isSlow()));
  const first = disk.ask(question);
  expect(await disk.orSlow(() => first)).toBeNull();
  const later = disk.ask(question);
  expect(await disk.orSlow(() => Promise.reject(new Error('begun all the same')))).toBeNull();
  await pause(80);
  expect([begun.length, slowness]).toEqual([1, [true]]);
  begun[0]?.();
  expect(await first).toBe('answer');
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.();
  expect(await disk.orSlow(() => later)).toBe('answer');
  expect(slowness).toEqual([true, false]);
});

test('a disk that goes on answering is not slow, however long it takes', async () => {
  const disk = openRootDisk(50);
  for (let round = 0; round < 8; round += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all([disk.ask(() => pause(20)), disk.ask(() => pause(20))]);
  }
  expect(disk.isSlow()).toBe(false);
});

test('quick answers are the same as the others, and stalls of 60 ms in all send those that follow through threads', async () => {
  let clock = 0;
  let tick = 0;
  const disk = openRootDisk(10_000, () => (clock += tick));
  const folder = tempFolder();
  const file = path.join(folder, 'a');
  writeFileSync(file, 'text');
  for (const isLocal of [false, true]) {
    disk.setLocal(isLocal);
    // oxlint-disable-next-line no-await-in-loop
    expect([(await disk.quick.lstat(file)).size, await disk.quick.names(folder)]).toEqual([4, ['a']]);
    // oxlint-disable-next-line no-await-in-loop
    await expect(disk.quick.lstat(`${file}b`)).rejects.toMatchObject({ code: 'ENOENT' });
    // oxlint-disable-next-line no-await-in-loop
    await expect(disk.quick.names(`${file}b`)).rejects.toMatchObject({ code: 'ENOENT' });
  }
  const answersAtOnce = async () => {
    let isAnswered = false;
    const answer = disk.quick.lstat(file).then(() => (isAnswered = true));
    await Promise.resolve();
    await Promise.resolve();
    const atOnce = isAnswered;
    await answer;
    return atOnce;
  };
  await pause(5);
  expect(await answersAtOnce()).toBe(true);
  await pause(5);
  tick = 1;
  clock += 1;
  expect(await answersAtOnce()).toBe(true);
  await pause(5);
  tick = 20;
  await disk.quick.lstat(file);
  await pause(5);
  expect(await answersAtOnce()).toBe(true);
  tick = 41;
  await pause(5);
  await disk.quick.lstat(file);
  tick = 0;
  await pause(5);
  expect(await answersAtOnce()).toBe(false);
  disk.setLocal(true);
  await pause(5);
  expect(await answersAtOnce()).toBe(true);
});

test('a disk that has stalled is quick again after a minute, and after two the next time', async () => {
  let clock = 0;
  const step = { ms: 0 };
  const disk = openRootDisk(10_000, () => (clock += step.ms));
  const file = path.join(tempFolder(), 'a');
  writeFileSync(file, 'text');
  disk.setLocal(true);
  const stall = async () => {
    step.ms = 61;
    expect(await disk.quick.lstatEach([file], () => undefined)).toEqual([]);
    step.ms = 0;
  };
  for (const minutes of [1, 2]) {
    // oxlint-disable-next-line no-await-in-loop
    await stall();
    expect(disk.isQuick()).toBe(false);
    clock += minutes * 60_000 - 1_000;
    expect(disk.isQuick()).toBe(false);
    clock += 2_000;
    expect(disk.isQuick()).toBe(true);
  }
});

test('many files are looked at together, each answer handed out at once, and by a slow disk none', async () => {
  const disk = openRootDisk(10_000);
  const folder = tempFolder();
  const files = Array.from({ length: 100 }, (_, number) => path.join(folder, String(number)));
  for (const file of files.slice(1)) writeFileSync(file, 'text');
  const seen = new Map<string, number | string | undefined>();
  const take = (file: string, answer: LstatAnswer) =>
    void seen.set(file, answer instanceof Error ? answer.code : answer.size);
  expect(await disk.quick.lstatEach(files, take)).toEqual(files);
  expect(seen.size).toBe(0);
  disk.setLocal(true);
  expect(await disk.quick.lstatEach(files, take)).toEqual([]);
  expect([...seen]).toEqual(files.map((file, index) => [file, index === 0 ? 'ENOENT' : 4]));
});
