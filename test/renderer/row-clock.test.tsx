import { expect, test } from 'vitest';
import { figures } from '../../src/renderer/figures.js';
import { rowClock } from '../../src/renderer/row-clock.js';

const last = '2026-11-22T11:00:00.300Z';
const lastMs = Date.parse(last);
const ages = [0, 5, 9.9, 10, 59.9, 60, 61, 119, 3_599, 3_600, 7_199, 90_000, 172_800, 400_000].map(
  (age) => age * 1_000,
);

test.each(ages)('says of an age of %d ms what the true time says', (age) => {
  expect(figures.age(rowClock(last, lastMs + age) - lastMs)).toBe(figures.age(age));
});

test('stands still between two words, and is never ahead', () => {
  const moments = (fromSeconds: number, seconds: number) =>
    new Set(Array.from({ length: seconds }, (_, second) => rowClock(last, lastMs + (fromSeconds + second) * 1_000)))
      .size;
  expect([moments(0, 10), moments(0, 60), moments(60, 600), moments(7_200, 3_600)]).toEqual([1, 6, 10, 1]);
  expect(rowClock(last, lastMs + 61_500)).toBe(lastMs + 60_000);
});

test('moves by the minute where no time is known', () => {
  expect(rowClock(null, Date.parse('2026-11-22T11:00:59.000Z'))).toBe(Date.parse('2026-11-22T11:00:00.000Z'));
});
