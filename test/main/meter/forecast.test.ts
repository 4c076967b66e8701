import { describe, expect, test } from 'vitest';
import { type ForecastQuestion, forecastSession } from '../../../src/main/meter/forecast.js';
import { noTurns } from '../../../src/main/sessions/turn-log.js';

const turnsOf = (...turns: readonly (readonly [grownTokens: number, workMinutes: number | null])[]) => ({
  ...noTurns,
  ended: turns.map(([grownTokens, minutes]) => ({ grownTokens, workMs: minutes === null ? null : minutes * 60_000 })),
});
const line = { tokens: 167_000, percent: 83.5, source: 'rule', learntFrom: 0 } as const;
const off = { tokens: null, percent: null, source: 'settings', learntFrom: 0 } as const;
const steady = turnsOf([4000, 2], [5000, 2], [6000, 3]);

function forecast(given: Partial<ForecastQuestion>) {
  return forecastSession({ turns: steady, usedTokens: 136_000, windowTokens: 200_000, line, ...given });
}

test('what is left to the compaction line, at the pace of the newest turns', () => {
  expect(forecast({})).toEqual({
    to: 'compaction',
    turnsLeft: 6,
    minutesLeft: 14,
    tokensPerTurn: 5000,
    tokensPerMinute: 2143,
  });
});

test('to the full window where the client doesn’t compact', () => {
  expect(forecast({ line: off })).toMatchObject({ to: 'full', turnsLeft: 12, minutesLeft: 30 });
});

describe('turns and minutes', () => {
  test.each<[string, Partial<ForecastQuestion>, number, number | null]>([
    ['none once the next turn reaches the line', { usedTokens: 162_001 }, 0, 2],
    ['one that just fits', { usedTokens: 162_000 }, 1, 2],
    ['none at the line', { usedTokens: 167_000 }, 0, 0],
    ['none beyond it', { usedTokens: 190_000 }, 0, 0],
    ['none in a full window', { line: off, usedTokens: 210_000 }, 0, 0],
    ['no minutes without times', { turns: turnsOf([4000, null], [5000, null], [6000, null]) }, 6, null],
    ['minutes from the turns that have times', { turns: turnsOf([4000, null], [5000, 2], [6000, null]) }, 6, 12],
    ['no minutes where no time went by', { turns: turnsOf([4000, 0], [5000, 0], [6000, 0]) }, 6, null],
    ['one long turn counts once', { turns: turnsOf([5000, 1], [5000, 1], [5000, 1], [80_000, 10]) }, 6, 4],
    ['the middle of an even number', { turns: turnsOf([4000, 1], [6000, 1], [2000, 1], [8000, 1]) }, 6, 6],
  ])('%s', (_name, given, turnsLeft, minutesLeft) => {
    expect(forecast(given)).toMatchObject({ turnsLeft, minutesLeft });
  });
});

test.each<[string, Partial<ForecastQuestion>]>([
  ['without a turn', { turns: noTurns }],
  ['with two turns', { turns: turnsOf([5000, 1], [5000, 1]) }],
  ['with two turns that have grown', { turns: turnsOf([5000, 1], [5000, 1], [-200, 1]) }],
  ['where it is flat', { turns: turnsOf([399, 1], [399, 1], [399, 1], [90_000, 1]) }],
  ['where it is flat in a large window', { turns: turnsOf([1999, 1], [1999, 1], [1999, 1]), windowTokens: 1_000_000 }],
])('none %s', (_name, given) => {
  expect(forecast(given)).toBeNull();
});

test('the turn that goes on counts once its last answer has come', () => {
  const turns = { ...turnsOf([5000, 1], [5000, 1]), startTokens: 130_000, endTokens: 136_000, workMs: 60_000 };
  expect(forecast({ turns })).toBeNull();
  expect(forecast({ turns: { ...turns, answered: true } })).toMatchObject({ tokensPerTurn: 5000, turnsLeft: 6 });
});
