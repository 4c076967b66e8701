import { expect, test } from 'vitest';
import { groupLearnt, newestFirst } from '../../../src/main/meter/learnt-compactions.js';

const day = (number: number) => new Date(Date.UTC(2026, 9, number)).toISOString();
const opus = (preTokens: number, at: string | null) => ({ model: 'claude-opus-4-6', preTokens, at });

test('the newest first, those without a time last', () => {
  const [old, young, untold, nonsense] = [opus(1, day(1)), opus(2, day(2)), opus(3, null), opus(4, 'soon')];
  expect(newestFirst([untold, old, nonsense, young])).toEqual([young, old, untold, nonsense]);
});

test('copies of one compaction count once; those without a time are no copies', () => {
  const one = opus(167_000, day(1));
  expect(newestFirst([one, { ...one }, opus(167_001, day(1)), { ...one, model: 'claude-opus-4-5' }])).toHaveLength(3);
  expect(newestFirst([opus(167_000, null), opus(167_000, null)])).toHaveLength(2);
});

test('by the plain name of the model, the newest of each window', () => {
  const many = Array.from({ length: 30 }, (_, index) => opus(167_000 + index, day(index + 1)));
  const large = many.map((one) => ({ ...one, model: 'claude-opus-4-6[1m]', preTokens: one.preTokens + 800_000 }));
  const other = { model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0', preTokens: 166_000, at: day(1) };
  const grouped = groupLearnt([...many, other, ...large]);
  expect([...grouped.keys()].toSorted()).toEqual(['claude-haiku-4-5', 'claude-opus-4-6']);
  expect(grouped.get('claude-haiku-4-5')).toEqual([other]);
  const tokens = grouped.get('claude-opus-4-6')?.map(({ preTokens }) => preTokens) ?? [];
  expect(tokens).toHaveLength(20);
  expect(tokens.filter((figure) => figure < 200_000)).toEqual(
    Array.from({ length: 10 }, (_, index) => 167_029 - index),
  );
});
