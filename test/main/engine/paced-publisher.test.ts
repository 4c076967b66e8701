import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pacePublishing } from '../../../src/main/engine/paced-publisher.js';

const nextTurn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('changes within one turn of the event loop are published once, in the next', async () => {
  let published = 0;
  const publisher = pacePublishing(
    () => (published += 1),
    () => 0,
  );
  for (let change = 0; change < 100; change += 1) publisher.soon();
  expect(published).toBe(0);
  await nextTurn();
  expect(published).toBe(1);
});

test('what is cheap goes out at once, again and again', async () => {
  let published = 0;
  const publisher = pacePublishing(
    () => (published += 1),
    () => 0,
  );
  for (let change = 0; change < 5; change += 1) {
    publisher.soon();
    await nextTurn();
  }
  expect(published).toBe(5);
});

test('what is dear leaves nine tenths of the time to others, and the last change is not lost', async () => {
  let clockMs = 0;
  const publishedAt: number[] = [];
  const publisher = pacePublishing(
    () => {
      publishedAt.push(clockMs);
      clockMs += 4;
    },
    () => clockMs,
  );
  publisher.soon();
  await nextTurn();
  clockMs = 10;
  publisher.soon();
  await nextTurn();
  expect(publishedAt).toEqual([0]);
  clockMs = 40;
  await sleep(60);
  expect(publishedAt).toEqual([0, 40]);
});

test('after its stop nothing is published', async () => {
  let published = 0;
  const publisher = pacePublishing(() => (published += 1));
  publisher.soon();
  publisher.stop();
  await nextTurn();
  expect(published).toBe(0);
});
