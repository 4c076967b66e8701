import { describe, expect, test } from 'vitest';
import { type ClientHints, noClientHints } from '../../../src/main/sessions/client-hints.js';
import { type LineQuestion, resolveCompactionLine } from '../../../src/main/meter/compaction-line.js';

const blank: LineQuestion = {
  model: 'claude-opus-4-6',
  windowTokens: 200_000,
  usedTokens: 10_000,
  hints: noClientHints,
  learnt: [],
};
const large = { model: 'claude-opus-5-5', windowTokens: 1_000_000 };

/** Automatic compactions, the newest first, a day apart. */
const compactions = (model: string, ...preTokens: readonly number[]) =>
  preTokens.map((tokens, index) => ({
    model,
    preTokens: tokens,
    at: `2026-11-${String(20 - index).padStart(2, '0')}T10:00:00.000Z`,
  }));
const hinted = (hints: Partial<ClientHints>) => ({ hints: { ...noClientHints, ...hints } });
const lineOf = (given: Partial<LineQuestion>) => resolveCompactionLine({ ...blank, ...given });

describe('the documented rule', () => {
  test.each([
    ['a window of 200 000', {}, 167_000, 83.5],
    ['a window of 1 000 000', large, 967_000, 96.7],
    ['a model of short answers', { model: 'claude-3-haiku-20240307' }, 182_904, 91.5],
    ['a model without a name', { model: null }, 167_000, 83.5],
    ['a window of the user’s own', { windowTokens: 500_000 }, 467_000, 93.4],
    ['a window too small for it', { windowTokens: 20_000 }, 0, 0],
  ])('for %s', (_name, given, tokens, percent) => {
    expect(lineOf(given)).toEqual({ tokens, percent, source: 'rule', learntFrom: 0 });
  });
});

describe('the client’s settings, as client 2.1.330 takes them', () => {
  test.each<[string, Partial<LineQuestion>, number | null, string]>([
    ['a percentage of the usable window', hinted({ autoCompactPercent: 50 }), 90_000, 'settings'],
    ['a percentage above the rule', hinted({ autoCompactPercent: 99 }), 167_000, 'rule'],
    ['a smaller window', hinted({ autoCompactWindowTokens: 120_000 }), 87_000, 'settings'],
    [
      'a smaller window of a large one',
      { ...large, ...hinted({ autoCompactWindowTokens: 400_000 }) },
      367_000,
      'settings',
    ],
    ['a window larger than the real one', hinted({ autoCompactWindowTokens: 500_000 }), 167_000, 'rule'],
    [
      'a percentage of a smaller window',
      hinted({ autoCompactWindowTokens: 120_000, autoCompactPercent: 50 }),
      50_000,
      'settings',
    ],
    [
      'figures that mean nothing',
      hinted({ autoCompactWindowTokens: 0, autoCompactPercent: Number.NaN }),
      167_000,
      'rule',
    ],
    [
      'a line that the session is clearly beyond',
      { usedTokens: 121_000, ...hinted({ autoCompactPercent: 50 }) },
      167_000,
      'rule',
    ],
    [
      'a line that the session is a little beyond',
      { usedTokens: 119_000, ...hinted({ autoCompactPercent: 50 }) },
      90_000,
      'settings',
    ],
  ])('%s', (_name, given, tokens, source) => {
    expect(lineOf(given)).toMatchObject({ tokens, source, learntFrom: 0 });
  });

  test('switched off: no line, whatever was learnt', () => {
    const learnt = compactions('claude-opus-4-6', 167_400);
    expect(lineOf({ learnt, ...hinted({ autoCompactOff: true, autoCompactPercent: 50 }) })).toEqual({
      tokens: null,
      percent: null,
      source: 'settings',
      learntFrom: 0,
    });
  });
});

describe('learnt', () => {
  test.each<[string, Partial<LineQuestion>, number, number]>([
    ['from one', { learnt: compactions('claude-opus-4-6', 167_400) }, 167_400, 1],
    [
      'from a model under another name',
      { learnt: compactions('us.anthropic.claude-opus-4-6-v1:0', 167_400) },
      167_400,
      1,
    ],
    ['near the limit', { ...large, learnt: compactions('claude-opus-5-5', 998_659) }, 998_659, 1],
    [
      'the lower of two, as compactions are late',
      { ...large, learnt: compactions('claude-opus-5-5', 970_002, 967_502) },
      967_502,
      2,
    ],
    [
      'the lower quartile of the newest nine',
      {
        learnt: compactions('claude-opus-4-6', 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0).map((one) => ({
          ...one,
          preTokens: 167_000 + one.preTokens,
        })),
      },
      167_003,
      9,
    ],
    [
      'without a single one that was much later',
      { ...large, learnt: compactions('claude-opus-5-5', 999_000, 967_502, 967_100) },
      967_100,
      2,
    ],
    [
      'without a single one that was much earlier',
      { ...large, learnt: compactions('claude-opus-5-5', 967_502, 480_000, 967_700, 968_000) },
      967_502,
      3,
    ],
    [
      'without those from before a changed setting',
      {
        ...large,
        learnt: compactions('claude-opus-5-5', 968_000, 967_502, 470_000, 468_000, 467_000, 467_000, 467_000),
      },
      967_502,
      2,
    ],
    [
      'once from copies of one compaction',
      { learnt: [...compactions('claude-opus-4-6', 167_400), ...compactions('claude-opus-4-6', 167_400)] },
      167_400,
      1,
    ],
    [
      'of the small window',
      { learnt: [...compactions('claude-opus-4-6[1m]', 967_502), ...compactions('claude-opus-4-6', 167_400)] },
      167_400,
      1,
    ],
    [
      'of the large window',
      {
        windowTokens: 1_000_000,
        learnt: [...compactions('claude-opus-4-6', 167_400), ...compactions('claude-opus-4-6[1m]', 967_502)],
      },
      967_502,
      1,
    ],
    [
      'of the large window without the mark',
      { windowTokens: 1_000_000, learnt: compactions('claude-opus-4-6', 967_502) },
      967_502,
      1,
    ],
    [
      'of a large window that is compacted early',
      { ...large, learnt: compactions('claude-opus-5-5', 367_300) },
      367_300,
      1,
    ],
    [
      'where it confirms the settings',
      { ...large, learnt: compactions('claude-opus-5-5', 367_300), ...hinted({ autoCompactWindowTokens: 400_000 }) },
      367_300,
      1,
    ],
    [
      'where it is lower than what the settings say',
      { ...large, learnt: compactions('claude-opus-5-5', 267_300), ...hinted({ autoCompactWindowTokens: 400_000 }) },
      267_300,
      1,
    ],
  ])('%s', (_name, given, tokens, learntFrom) => {
    expect(lineOf(given)).toMatchObject({ tokens, source: 'learnt', learntFrom });
  });

  test.each<[string, Partial<LineQuestion>, number, string]>([
    ['nothing of another model', { learnt: compactions('claude-opus-4-5', 150_000) }, 167_000, 'rule'],
    ['nothing of another window', { ...large, learnt: compactions('claude-opus-5-5', 167_400) }, 967_000, 'rule'],
    [
      'nothing beyond the window',
      { windowTokens: 150_000, learnt: compactions('claude-opus-4-6', 167_400) },
      117_000,
      'rule',
    ],
    ['nothing without a model', { model: null, learnt: compactions('claude-opus-4-6', 160_000) }, 167_000, 'rule'],
    [
      'nothing against a setting that was lowered since',
      { learnt: compactions('claude-opus-4-6', 167_400), ...hinted({ autoCompactPercent: 50 }) },
      90_000,
      'settings',
    ],
    [
      'nothing that the session has outgrown',
      { ...large, usedTokens: 420_000, learnt: compactions('claude-opus-5-5', 367_300) },
      967_000,
      'rule',
    ],
  ])('%s', (_name, given, tokens, source) => {
    expect(lineOf(given)).toMatchObject({ tokens, source, learntFrom: 0 });
  });

  test('whatever the order in which compactions are told', () => {
    const learnt = compactions('claude-opus-5-5', 968_000, 967_502, 470_000, 468_000, 467_000);
    expect(lineOf({ ...large, learnt: learnt.toReversed() })).toEqual(lineOf({ ...large, learnt }));
  });
});

test('each source is asked only where all before it are silent', () => {
  const evidence: readonly [source: string, Partial<LineQuestion>][] = [
    ['settings: off', { hints: { ...noClientHints, autoCompactOff: true } }],
    ['learnt', { learnt: compactions('claude-opus-4-6', 150_500) }],
    ['settings', { hints: { ...noClientHints, autoCompactWindowTokens: 180_000 } }],
  ];
  for (const subset of Array.from({ length: 2 ** evidence.length }, (_, bits) => bits)) {
    const given = evidence.filter((_, index) => (subset & (1 << index)) !== 0);
    // The first evidence comes last, so that it keeps its settings.
    const question = given.toReversed().reduce<LineQuestion>((so, [, more]) => ({ ...so, ...more }), blank);
    expect(resolveCompactionLine(question).source).toBe((given[0]?.[0] ?? 'rule').replace(/:.*/, ''));
  }
});
