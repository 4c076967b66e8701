import { expect, test } from 'vitest';
import { type ClientHints, noClientHints } from '../../../src/main/sessions/client-hints.js';
import { noEvidence } from '../../../src/main/meter/context-evidence.js';
import { resolveContextWindow, type WindowQuestion } from '../../../src/main/meter/context-windows.js';

const blank: WindowQuestion = {
  sessionId: 's1',
  model: 'claude-opus-4-6',
  requestedModel: null,
  peaks: [],
  usedOneMillionModels: [],
  ...noEvidence,
  overrides: { bySession: {}, byModel: {} },
};

const compactedAt = (preTokens: number, model = 'claude-opus-5', at: string | null = null) => [
  { model, preTokens, at },
];
const seen = (tokens: number, model: string | null = 'claude-opus-4-6', requestedModel: string | null = null) => [
  { model, requestedModel, tokens },
];
const hinted = (hints: Partial<ClientHints>) => ({ hints: { ...noClientHints, ...hints } });

test.each<[string, Partial<WindowQuestion>, number, string]>([
  ['the table', {}, 200_000, 'table'],
  [
    'an override of the session before one of the model',
    { overrides: { bySession: { s1: 5 }, byModel: { 'claude-opus-4-6': 6 } } },
    5,
    'override',
  ],
  [
    'an override of the model',
    { overrides: { bySession: { s2: 5 }, byModel: { 'claude-opus-4-6': 6 } } },
    6,
    'override',
  ],
  [
    'an override by the plain name',
    { model: 'us.anthropic.claude-opus-4-6-v1:0', overrides: { bySession: {}, byModel: { 'claude-opus-4-6': 6 } } },
    6,
    'override',
  ],
  [
    'an override by the name asked for',
    {
      requestedModel: 'claude-opus-4-6[1m]',
      overrides: { bySession: {}, byModel: { 'claude-opus-4-6[1m]': 7, 'claude-opus-4-6': 6 } },
    },
    7,
    'override',
  ],
  [
    'no override of nothing',
    { overrides: { bySession: { s1: 0 }, byModel: { 'claude-opus-4-6': Number.NaN } } },
    200_000,
    'table',
  ],
  ['no override inherited from an object', { sessionId: 'constructor', model: 'toString' }, 1_000_000, 'assumed'],
  ['more than fits into the small window was seen', { peaks: seen(200_001) }, 1_000_000, 'observed'],
  ['no more than fits was seen', { peaks: seen(200_000) }, 200_000, 'table'],
  [
    'an override before what was seen',
    { peaks: seen(200_001), overrides: { bySession: { s1: 5 }, byModel: {} } },
    5,
    'override',
  ],
  ['it was asked for', { requestedModel: 'claude-opus-4-6[1m]' }, 1_000_000, 'requested'],
  ['it was asked for in capitals', { requestedModel: 'Opus[1M]' }, 1_000_000, 'requested'],
  ['a sign on the model', { usedOneMillionModels: ['claude-opus-4-6[1m]'] }, 1_000_000, 'requested'],
  ['a sign on its family', { usedOneMillionModels: ['opus[1m]'] }, 1_000_000, 'requested'],
  ['a sign on another model', { usedOneMillionModels: ['claude-sonnet-4-6[1m]', 'sonnet[1m]'] }, 200_000, 'table'],
  ['a sign without the mark', { usedOneMillionModels: ['claude-opus-4-6'] }, 200_000, 'table'],
  [
    'the line says what was asked for, whatever the signs',
    { requestedModel: 'claude-opus-4-6', usedOneMillionModels: ['claude-opus-4-6[1m]'] },
    200_000,
    'table',
  ],
  [
    'what was asked for before what was learnt',
    { model: 'claude-opus-5', requestedModel: 'claude-opus-5[1m]', learnt: compactedAt(167_000) },
    1_000_000,
    'requested',
  ],
  [
    'the client compacted at the small line',
    { model: 'claude-opus-5', learnt: compactedAt(167_000) },
    200_000,
    'learnt',
  ],
  [
    'the client compacted at the lower end',
    { model: 'claude-opus-5', learnt: compactedAt(150_000) },
    200_000,
    'learnt',
  ],
  [
    'the client compacted at the upper end',
    { model: 'claude-opus-5-20260101', learnt: compactedAt(190_000) },
    200_000,
    'learnt',
  ],
  ['the client compacted below the line', { model: 'claude-opus-5', learnt: compactedAt(149_999) }, 1_000_000, 'table'],
  ['the client compacted above the line', { model: 'claude-opus-5', learnt: compactedAt(967_502) }, 1_000_000, 'table'],
  [
    'the client compacted another model',
    { model: 'claude-opus-5', learnt: compactedAt(167_000, 'claude-opus-5-5') },
    1_000_000,
    'table',
  ],
  [
    'the client compacted a large window early',
    { model: 'claude-opus-5', learnt: compactedAt(167_000, 'claude-opus-5[1m]') },
    1_000_000,
    'table',
  ],
  [
    'a sign in the client’s settings',
    hinted({ oneMillionModels: ['claude-haiku-4-5', 'opus[1m]'] }),
    1_000_000,
    'requested',
  ],
  [
    'a client that may not use the large window',
    { model: 'claude-opus-5', ...hinted({ disableOneMillion: true }) },
    200_000,
    'requested',
  ],
  [
    'a client that may not, whatever is asked for',
    {
      requestedModel: 'claude-opus-4-6[1m]',
      usedOneMillionModels: ['claude-opus-4-6[1m]'],
      ...hinted({ disableOneMillion: true, oneMillionModels: ['opus[1m]'] }),
    },
    200_000,
    'requested',
  ],
  [
    'what was seen before a client that may not',
    { peaks: seen(200_001), ...hinted({ disableOneMillion: true }) },
    1_000_000,
    'observed',
  ],
  ['a figure of another model', { peaks: seen(300_000, 'claude-opus-5') }, 200_000, 'table'],
  [
    'a figure under another name of this model',
    { peaks: seen(300_000, 'anthropic/claude-opus-4-6') },
    1_000_000,
    'observed',
  ],
  ['a figure from before the first answer', { peaks: seen(300_000, null) }, 1_000_000, 'observed'],
  [
    'a figure of a request with the mark where the newest has none',
    { peaks: seen(300_000, 'claude-opus-4-6', 'claude-opus-4-6[1m]'), requestedModel: 'claude-opus-4-6' },
    200_000,
    'table',
  ],
  [
    'a figure of a request without the mark, as on plans that have it by default',
    { peaks: seen(300_000, 'claude-opus-4-6', 'claude-opus-4-6'), requestedModel: 'claude-opus-4-6' },
    1_000_000,
    'observed',
  ],
  [
    'the newest compaction that tells: small',
    {
      model: 'claude-opus-5',
      learnt: [
        ...compactedAt(120_000, 'claude-opus-5', '2026-11-03T00:00:00.000Z'),
        ...compactedAt(167_000, 'claude-opus-5', '2026-11-02T00:00:00.000Z'),
        ...compactedAt(967_000, 'claude-opus-5', '2026-11-01T00:00:00.000Z'),
      ],
    },
    200_000,
    'learnt',
  ],
  [
    'the newest compaction that tells: large',
    {
      model: 'claude-opus-5',
      learnt: [
        ...compactedAt(967_000, 'claude-opus-5', '2026-11-02T00:00:00.000Z'),
        ...compactedAt(167_000, 'claude-opus-5', '2026-11-01T00:00:00.000Z'),
      ],
    },
    1_000_000,
    'table',
  ],
  [
    'the client compacted where its settings make it compact the large window',
    { model: 'claude-opus-5', learnt: compactedAt(168_000), ...hinted({ autoCompactWindowTokens: 200_000 }) },
    1_000_000,
    'table',
  ],
  [
    'the client compacted elsewhere than its settings make it compact the large window',
    { model: 'claude-opus-5', learnt: compactedAt(168_000), ...hinted({ autoCompactWindowTokens: 500_000 }) },
    200_000,
    'learnt',
  ],
  ['an unknown model', { model: 'claude-opus-9' }, 1_000_000, 'assumed'],
  ['a model without a name', { model: null }, 1_000_000, 'assumed'],
])('%s', (_name, given, windowTokens, windowSource) => {
  expect(resolveContextWindow({ ...blank, ...given })).toEqual({ windowTokens, windowSource });
});

test.each([
  ['claude-opus-4-5-20251101', 200_000, 'table'],
  ['claude-sonnet-4-20250514', 200_000, 'table'],
  ['claude-3-5-sonnet-latest', 200_000, 'table'],
  ['claude-3-sonnet-20240229', 200_000, 'table'],
  ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 200_000, 'table'],
  ['anthropic.claude-haiku-4-5-20251001-v1:0', 200_000, 'table'],
  ['claude-opus-4-5@20251101', 200_000, 'table'],
  ['anthropic/claude-sonnet-4-6', 200_000, 'table'],
  ['arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-4-6-v1:0', 200_000, 'table'],
  ['claude-opus-4-6-fast', 200_000, 'table'],
  ['claude-opus-4-8', 1_000_000, 'table'],
  ['claude-opus-4-9', 1_000_000, 'assumed'],
  ['claude-opus-4-61', 1_000_000, 'assumed'],
  ['claude-opus-5-5', 1_000_000, 'table'],
  ['claude-opus-5-6', 1_000_000, 'assumed'],
  ['claude-haiku-5-5', 1_000_000, 'table'],
  ['claude-fable-5-1', 1_000_000, 'table'],
  ['claude-mythos-5', 1_000_000, 'table'],
  ['gpt-9', 1_000_000, 'assumed'],
  ['us.anthropic.claude-opus-4-8', 1_000_000, 'assumed'],
  ['claude-opus-5@20260101', 1_000_000, 'assumed'],
  ['anthropic/claude-sonnet-5', 1_000_000, 'assumed'],
  ['us.anthropic.claude-opus-4-7', 1_000_000, 'table'],
  ['us.anthropic.claude-opus-5-5-v1:0', 1_000_000, 'table'],
])('%s has %i, known from the %s', (model, windowTokens, windowSource) => {
  expect(resolveContextWindow({ ...blank, model })).toEqual({ windowTokens, windowSource });
});

test('each source is asked only where all before it are silent', () => {
  const evidence: readonly [source: string, Partial<WindowQuestion>][] = [
    ['override', { overrides: { bySession: {}, byModel: { 'claude-opus-4-6': 300_000 } } }],
    ['observed', { peaks: seen(250_000) }],
    ['requested', { usedOneMillionModels: ['claude-opus-4-6[1m]'] }],
    ['learnt', { learnt: compactedAt(167_000, 'claude-opus-4-6') }],
    ['table', {}],
  ];
  for (const subset of Array.from({ length: 2 ** evidence.length }, (_, bits) => bits)) {
    const given = evidence.filter((_, index) => (subset & (1 << index)) !== 0);
    const question = given.reduce<WindowQuestion>((so, [, more]) => ({ ...so, ...more }), blank);
    expect(resolveContextWindow(question).windowSource).toBe(given[0]?.[0] ?? 'table');
  }
});
