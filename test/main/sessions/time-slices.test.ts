import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cutTime } from '../../../src/main/sessions/time-slices.js';

test('work is done at once until a slice is over, the rest in later turns, in order', async () => {
  let clock = 0;
  const slices = cutTime(() => clock);
  const done: number[] = [];
  for (let number = 0; number < 8; number += 1) {
    slices.run(() => {
      done.push(number);
      clock += 1;
    });
  }
  expect(done).toEqual([0, 1, 2]);
  await nextTurn();
  expect(done.length).toBeLessThanOrEqual(6);
  await nextTurn();
  await nextTurn();
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('after a pause there is a slice of its own', async () => {
  let clock = 0;
  const slices = cutTime(() => clock);
  slices.run(() => (clock += 5));
  await nextTurn();
  await nextTurn();
  let isDone = false;
  slices.run(() => (isDone = true));
  expect(isDone).toBe(true);
});
