import { describe, expect, test } from 'vitest';
import { parseEntry } from '../../../src/main/sessions/entry-parser.js';
import { readUsage } from '../../../src/main/sessions/usage.js';
import { answerLine, boundaryLine, ridingLine } from '../../support/transcript-lines.js';

describe('parseEntry', () => {
  test('reads an answer', () => {
    expect(parseEntry(answerLine({ line: { requestedModel: 'claude-opus-4-6[1m]' } }))).toEqual({
      kind: 'assistant',
      uuid: 'a1',
      timestamp: '2026-11-01T10:00:00.000Z',
      isSidechain: false,
      cwd: '/home/someone/project',
      gitBranch: 'main',
      version: '2.1.330',
      messageId: 'msg_1',
      model: 'claude-opus-4-6',
      requestedModel: 'claude-opus-4-6[1m]',
      usage: { promptTokens: 51_203, outputTokens: 540 },
      endsTurn: false,
    });
  });

  test('reads bytes as it reads text', () => {
    const line = ridingLine('ai-title', { aiTitle: 'grün 🐛 会话' });
    expect(parseEntry(Buffer.from(line))).toEqual({ kind: 'title', source: 'ai', title: 'grün 🐛 会话' });
  });

  test.each([
    ['a cut line', '{"type":"user","uuid":'],
    ['a text', '"user"'],
    ['a number', '42'],
    ['a list', '[1]'],
    ['null', 'null'],
    ['nothing', ''],
  ])('%s is a bad line', (_name, line) => {
    expect(parseEntry(line)).toBeNull();
  });

  test.each([
    [
      'compact_boundary',
      boundaryLine({ trigger: 'auto', preTokens: 167_400, postTokens: 18_000 }),
      { trigger: 'auto', preTokens: 167_400, postTokens: 18_000 },
    ],
    [
      'compact_boundary of an older client',
      boundaryLine({ trigger: 'manual', preTokens: 9 }),
      { trigger: 'manual', preTokens: 9, postTokens: null },
    ],
    [
      'compact_boundary with nonsense',
      boundaryLine({ trigger: 7, preTokens: 'many', postTokens: -1 }),
      { trigger: null, preTokens: null, postTokens: null },
    ],
    ['microcompact_boundary', boundaryLine({ trigger: 'auto' }, { subtype: 'microcompact_boundary' }), null],
  ])('%s', (_name, line, compaction) => {
    expect(parseEntry(line)).toMatchObject({ kind: 'system', compaction });
  });

  test.each([
    [ridingLine('custom-title', { customTitle: 'Mine' }), { kind: 'title', source: 'custom', title: 'Mine' }],
    [ridingLine('ai-title', { aiTitle: 'Its' }), { kind: 'title', source: 'ai', title: 'Its' }],
    [ridingLine('summary', { summary: 'Sum' }), { kind: 'title', source: 'summary', title: 'Sum' }],
    [
      ridingLine('cost-state', { modelUsage: { 'claude-opus-4-6[1m]': {} } }),
      { kind: 'cost', models: ['claude-opus-4-6[1m]'] },
    ],
    [ridingLine('never-seen', { uuid: 'x1' }), { kind: 'other', type: 'never-seen', uuid: 'x1' }],
    ['{"uuid":5}', { kind: 'other', type: null, uuid: null }],
  ])('%s', (line, entry) => {
    expect(parseEntry(line)).toEqual(entry);
  });

  test('keeps nothing of fields of a wrong type', () => {
    const line = answerLine({ line: { uuid: 1, cwd: {}, requestedModel: [], isSidechain: 'true', message: 'text' } });
    expect(parseEntry(line)).toMatchObject({
      uuid: null,
      cwd: null,
      requestedModel: null,
      isSidechain: false,
      messageId: null,
      model: null,
      usage: null,
    });
  });
});

describe('readUsage', () => {
  const top = { input_tokens: 2, cache_creation_input_tokens: 10, cache_read_input_tokens: 100, output_tokens: 7 };
  const message = { type: 'message', input_tokens: 1, cache_read_input_tokens: 50, output_tokens: 3 };
  const fallback = { type: 'fallback_message', input_tokens: 4, cache_read_input_tokens: 60, output_tokens: 5 };
  test.each([
    ['the three input figures', top, { promptTokens: 112, outputTokens: 7 }],
    [
      'cache writes by lifetime when they are more',
      { ...top, cache_creation: { ephemeral_5m_input_tokens: 8, ephemeral_1h_input_tokens: 12 } },
      { promptTokens: 122, outputTokens: 7 },
    ],
    [
      'cache writes in total when they are more',
      { ...top, cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 } },
      { promptTokens: 112, outputTokens: 7 },
    ],
    ['the last iteration', { ...top, iterations: [fallback, message] }, { promptTokens: 51, outputTokens: 3 }],
    ['a fallback', { ...top, iterations: [message, fallback] }, { promptTokens: 64, outputTokens: 5 }],
    [
      'the message before an advisor and a compaction',
      {
        ...top,
        iterations: [message, { type: 'advisor_message', input_tokens: 9 }, { type: 'compaction', input_tokens: 9 }],
      },
      { promptTokens: 51, outputTokens: 3 },
    ],
    [
      'the top level when the last iteration is of an unknown type',
      { ...top, iterations: [message, { type: 'other', input_tokens: 9 }] },
      { promptTokens: 112, outputTokens: 7 },
    ],
    [
      'the top level when the last iteration is empty',
      { ...top, iterations: [message, { type: 'message', input_tokens: 0 }] },
      { promptTokens: 112, outputTokens: 7 },
    ],
    ['the top level when there are no iterations', { ...top, iterations: [] }, { promptTokens: 112, outputTokens: 7 }],
    ['nothing when the prompt is empty', { input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 9 }, null],
    [
      'nothing of figures that are none',
      { input_tokens: '5', cache_read_input_tokens: -3, cache_creation_input_tokens: null },
      null,
    ],
    ['nothing where there is no usage', undefined, null],
  ])('takes %s', (_name, usage, expected) => {
    expect(readUsage(usage)).toEqual(expected);
  });
});
