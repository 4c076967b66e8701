import { expect, test } from 'vitest';
import { noEvidence } from '../../../src/main/meter/context-evidence.js';
import { measureContext } from '../../../src/main/meter/context-meter.js';
import { parseEntry } from '../../../src/main/sessions/entry-parser.js';
import { emptyFacts, foldEntry } from '../../../src/main/sessions/transcript-facts.js';
import { answerLine, boundaryLine, ridingLine } from '../../support/transcript-lines.js';

const inputs = { overrides: { bySession: {}, byModel: {} }, ...noEvidence };

function measure(...lines: readonly string[]) {
  const facts = lines.map(parseEntry).reduce((so, entry) => (entry === null ? so : foldEntry(so, entry)), emptyFacts());
  return measureContext('s1', facts, inputs);
}

test('without an answer nothing is known', () => {
  expect(measure(ridingLine(), answerLine({ model: '<synthetic>' }))).toMatchObject({
    kind: 'unknown',
    percent: null,
    windowTokens: null,
  });
});

test('an answer is measured, neither rounded nor clamped', () => {
  expect(measure(answerLine({ promptTokens: 151_880, outputTokens: 120 }))).toEqual({
    kind: 'measured',
    usedTokens: 152_000,
    promptTokens: 151_880,
    windowTokens: 200_000,
    windowSource: 'table',
    percent: 76,
    model: 'claude-opus-4-6',
    requestedModel: null,
    readAt: '2026-11-01T10:00:00.000Z',
  });
  expect(measure(answerLine({ promptTokens: 333, outputTokens: 1 })).percent).toBeCloseTo(0.167, 10);
  const overrides = { bySession: { s1: 1000 }, byModel: {} };
  const facts = foldEntry(
    emptyFacts(),
    parseEntry(answerLine({ promptTokens: 1500, outputTokens: 0 })) ?? { kind: 'other', type: null, uuid: null },
  );
  expect(measureContext('s1', facts, { ...inputs, overrides }).percent).toBe(150);
});

test('the session’s own signs of a large window count', () => {
  const cost = ridingLine('cost-state', { modelUsage: { 'claude-opus-4-6[1m]': {} } });
  expect(measure(answerLine(), cost)).toMatchObject({ windowTokens: 1_000_000, windowSource: 'requested' });
  expect(measure(answerLine({ promptTokens: 300_000 }), answerLine({ messageId: 'm2' }))).toMatchObject({
    windowSource: 'observed',
  });
});

test('a large session that goes on with a small model is measured against the small window', () => {
  const large = answerLine({ model: 'claude-opus-5', promptTokens: 300_000 });
  const small = answerLine({ messageId: 'm2', model: 'claude-haiku-4-5-20251001', promptTokens: 100_000 });
  expect(measure(large, small)).toMatchObject({ windowTokens: 200_000, windowSource: 'table' });
  expect(measure(large, small, large)).toMatchObject({ windowTokens: 1_000_000, windowSource: 'observed' });
});

const boundary = (postTokens?: number) => boundaryLine({ trigger: 'auto', preTokens: 167_400, postTokens });

test.each([
  [
    'what it left and the session’s first prompt',
    [answerLine({ promptTokens: 20_000 }), answerLine({ messageId: 'm2', promptTokens: 160_000 }), boundary(18_000)],
    38_000,
    19,
  ],
  ['only what it left where there was no answer before', [boundary(18_000)], 18_000, 1.7999999999999998],
  ['nothing where it doesn’t say what it left', [answerLine({ promptTokens: 20_000 }), boundary()], null, null],
])('after a compaction the estimate is %s', (_name, lines, usedTokens, percent) => {
  expect(measure(...lines)).toMatchObject({
    kind: 'estimated',
    usedTokens,
    percent,
    promptTokens: null,
    readAt: '2026-11-01T10:05:00.000Z',
  });
});
