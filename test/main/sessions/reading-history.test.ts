import { expect, test } from 'vitest';
import { noteInHistory } from '../../../src/main/sessions/reading-history.js';

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 10, 1, 10, minute, second)).toISOString();

function historyOf(...readings: readonly (readonly [minute: number | null, usedTokens: number])[]) {
  return readings.reduce<ReturnType<typeof noteInHistory>>(
    (history, [minute, usedTokens]) =>
      noteInHistory(history, { usedTokens, timestamp: minute === null ? null : at(minute) }),
    [],
  );
}

test('readings within 4 minutes are one, the newest', () => {
  expect(historyOf([0, 10_000], [1, 12_000], [3, 14_000], [4, 15_000]).map(({ usedTokens }) => usedTokens)).toEqual([
    14_000, 15_000,
  ]);
});

test('the height before a compaction stays beside the reading after it', () => {
  expect(historyOf([0, 150_000], [1, 167_000], [2, 30_000], [3, 32_000]).map(({ usedTokens }) => usedTokens)).toEqual([
    167_000, 32_000,
  ]);
});

test('a reading without a time, or one that goes back in time, is passed over', () => {
  const history = historyOf([8, 10_000]);
  expect(noteInHistory(history, { usedTokens: 1, timestamp: null })).toBe(history);
  expect(noteInHistory(history, { usedTokens: 1, timestamp: 'yesterday' })).toBe(history);
  expect(noteInHistory(history, { usedTokens: 1, timestamp: at(7) })).toBe(history);
});

test('never more than 60, the newest', () => {
  const readings = Array.from({ length: 100 }, (_, index) => [index * 4, index] as const);
  const history = historyOf(...readings);
  expect([history.length, history[0]?.usedTokens, history.at(-1)?.usedTokens]).toEqual([60, 40, 99]);
});
