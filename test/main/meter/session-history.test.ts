import { expect, test } from 'vitest';
import { sessionHistory } from '../../../src/main/meter/session-history.js';

const startMs = Date.UTC(2026, 10, 1, 10);
const reading = (minute: number, usedTokens: number) => ({ atMs: startMs + minute * 60_000, usedTokens });

test('minutes since the first reading, and whole percent of the window', () => {
  expect(sessionHistory([reading(0, 20_000), reading(30.4, 151_000), reading(35, 202_000)], 200_000)).toEqual({
    from: '2026-11-01T10:00:00.000Z',
    minutes: [0, 30, 35],
    percents: [10, 76, 101],
  });
});

test('only the 6 hours up to the newest reading', () => {
  const history = sessionHistory([reading(0, 1), reading(61, 20_000), reading(420, 40_000)], 200_000);
  expect([history?.minutes, history?.percents]).toEqual([
    [0, 359],
    [10, 20],
  ]);
});

test.each([
  ['none', []],
  ['one', [reading(0, 20_000)]],
  ['one within the hours', [reading(0, 20_000), reading(400, 20_000)]],
])('no curve of %s', (_, readings) => {
  expect(sessionHistory(readings, 200_000)).toBeNull();
});
