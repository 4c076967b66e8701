import { expect, test } from 'vitest';
import { resolveContextWindow, type WindowQuestion } from '../../../src/main/meter/context-windows.js';

const blank: WindowQuestion = {
  sessionId: 's1',
  model: 'claude-opus-4-6',
  requestedModel: null,
  largestTokensSeen: 0,
  oneMillionHints: [],
  learntAutoCompactions: [],
  overrides: { bySession: {}, byModel: {} },
};

const compactedAt = (preTokens: number, model = 'claude-opus-5') => [{ model, preTokens }];

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
  ['more than fits into the small window was seen', { largestTokensSeen: 200_001 }, 1_000_000, 'observed'],
  ['no more than fits was seen', { largestTokensSeen: 200_000 }, 200_000, 'table'],
  [
    'an override before what was seen',
    { largestTokensSeen: 200_001, overrides: { bySession: { s1: 5 }, byModel: {} } },
    5,
    'override',
  ],
  ['it was asked for', { requestedModel: 'claude-opus-4-6[1m]' }, 1_000_000, 'requested'],
  ['it was asked for in capitals', { requestedModel: 'Opus[1M]' }, 1_000_000, 'requested'],
  ['a sign on the model', { oneMillionHints: ['claude-opus-4-6[1m]'] }, 1_000_000, 'requested'],
  ['a sign on its family', { oneMillionHints: ['opus[1m]'] }, 1_000_000, 'requested'],
  ['a sign on another model', { oneMillionHints: ['claude-sonnet-4-6[1m]', 'sonnet[1m]'] }, 200_000, 'table'],
  ['a sign without the mark', { oneMillionHints: ['claude-opus-4-6'] }, 200_000, 'table'],
  [
    'the line says what was asked for, whatever the signs',
    { requestedModel: 'claude-opus-4-6', oneMillionHints: ['claude-opus-4-6[1m]'] },
    200_000,
    'table',
  ],
  [
    'what was asked for before what was learnt',
    { model: 'claude-opus-5', requestedModel: 'claude-opus-5[1m]', learntAutoCompactions: compactedAt(167_000) },
    1_000_000,
    'requested',
  ],
  [
    'the client compacted at the small line',
    { model: 'claude-opus-5', learntAutoCompactions: compactedAt(167_000) },
    200_000,
    'learnt',
  ],
  [
    'the client compacted at the lower end',
    { model: 'claude-opus-5', learntAutoCompactions: compactedAt(150_000) },
    200_000,
    'learnt',
  ],
  [
    'the client compacted at the upper end',
    { model: 'claude-opus-5-20260101', learntAutoCompactions: compactedAt(190_000) },
    200_000,
    'learnt',
  ],
  [
    'the client compacted below the line',
    { model: 'claude-opus-5', learntAutoCompactions: compactedAt(149_999) },
    1_000_000,
    'table',
  ],
  [
    'the client compacted above the line',
    { model: 'claude-opus-5', learntAutoCompactions: compactedAt(967_502) },
    1_000_000,
    'table',
  ],
  [
    'the client compacted another model',
    { model: 'claude-opus-5', learntAutoCompactions: compactedAt(167_000, 'claude-opus-5-5') },
    1_000_000,
    'table',
  ],
  [
    'the client compacted a large window early',
    { model: 'claude-opus-5', learntAutoCompactions: compactedAt(167_000, 'claude-opus-5[1m]') },
    1_000_000,
    'table',
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
])('%s has %i, known from the %s', (model, windowTokens, windowSource) => {
  expect(resolveContextWindow({ ...blank, model })).toEqual({ windowTokens, windowSource });
});
