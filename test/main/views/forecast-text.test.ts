import { expect, test } from 'vitest';
import { forecastText } from '../../../src/main/views/forecast-text.js';

const pace = { tokensPerTurn: 5000, tokensPerMinute: 2143 };

test.each([
  ['compaction', 6, 14, '6 turns, 14 min'],
  ['compaction', 1, 119, '1 turn, 119 min'],
  ['compaction', 40, 150, '40 turns, 3 h'],
  ['compaction', 6, null, '6 turns'],
  ['compaction', 0, 2, 'next turn, 2 min'],
  ['compaction', 0, null, 'next turn'],
  ['compaction', 0, 0, 'now'],
  ['full', 12, 30, '12 turns, 30 min to full'],
] as const)('to %s: %j turns, %j minutes', (to, turnsLeft, minutesLeft, text) => {
  expect(forecastText({ to, turnsLeft, minutesLeft, ...pace })).toBe(text);
});
