import { describe, expect, test } from 'vitest';
import { parseEntry } from '../../../src/main/sessions/entry-parser.js';
import { emptyFacts, foldEntry, type TranscriptFacts } from '../../../src/main/sessions/transcript-facts.js';
import { answerLine, boundaryLine, plainLine, promptLine, ridingLine } from '../../support/transcript-lines.js';

function factsOf(...lines: readonly string[]): TranscriptFacts {
  return lines.reduce((facts, line) => {
    const entry = parseEntry(line);
    if (entry === null) throw new Error(`A bad line: ${line}`);
    return foldEntry(facts, entry);
  }, emptyFacts());
}

const answer = answerLine({ promptTokens: 50_000, outputTokens: 500 });

describe('the newest reading', () => {
  test('is the prompt plus the output', () => {
    expect(factsOf(promptLine(), answer).reading).toEqual({
      messageId: 'msg_1',
      model: 'claude-opus-4-6',
      requestedModel: null,
      promptTokens: 50_000,
      outputTokens: 500,
      usedTokens: 50_500,
      readAt: '2026-11-01T10:00:00.000Z',
    });
  });

  test.each([
    ['a sub-agent', answerLine({ messageId: 'm2', promptTokens: 9, line: { isSidechain: true } })],
    ['an error', answerLine({ messageId: 'm2', promptTokens: 9, model: '<synthetic>' })],
    ['an answer without figures', answerLine({ messageId: 'm2', usage: { input_tokens: 0, output_tokens: 0 } })],
    [
      'the figures of a sub-agent in a progress line',
      plainLine('progress', 'p1', {
        data: { type: 'agent_progress', message: JSON.parse(answerLine({ promptTokens: 9 })) },
      }),
    ],
    [
      'the figures of a sub-agent in a result',
      promptLine({ line: { toolUseResult: { usage: { input_tokens: 90_000 } } } }),
    ],
    ['a line of another kind', ridingLine('api-request', { message: { usage: { input_tokens: 90_000 } } })],
  ])('is not moved by %s', (_name, line) => {
    expect(factsOf(answer, line).reading?.usedTokens).toBe(50_500);
  });

  test('is the last in the file, also when it is lower and carries an earlier time', () => {
    const lower = answerLine({
      messageId: 'm2',
      promptTokens: 20_000,
      outputTokens: 1,
      line: { timestamp: '2020-01-01T00:00:00.000Z' },
    });
    expect(factsOf(answer, lower).reading?.usedTokens).toBe(20_001);
  });

  test('takes the largest output among the lines of one message', () => {
    const lines = [3, 540, 8].map((outputTokens, index) =>
      answerLine({ uuid: `a${index}`, promptTokens: 50_000, outputTokens }),
    );
    expect(factsOf(...lines).reading?.outputTokens).toBe(540);
    expect(factsOf(...lines, answerLine({ messageId: 'm2', outputTokens: 4 })).reading?.outputTokens).toBe(4);
  });
});

test('two clients may mix the lines of their answers', () => {
  const line = (messageId: string, uuid: string, outputTokens: number) =>
    answerLine({ messageId, uuid, promptTokens: 50_000, outputTokens });
  const facts = factsOf(line('m1', 'a1', 540), line('m2', 'a2', 7), line('m1', 'a3', 2));
  expect(facts.reading).toMatchObject({ messageId: 'm1', outputTokens: 540, usedTokens: 50_540 });
});

describe('a compaction', () => {
  const boundary = boundaryLine({ trigger: 'auto', preTokens: 167_400, postTokens: 18_000 });
  const after = answerLine({ uuid: 'a2', messageId: 'm2', promptTokens: 69_000, outputTokens: 13 });

  test('makes the reading stale until the next answer', () => {
    const facts = factsOf(answer, boundary, promptLine({ line: { isCompactSummary: true } }));
    expect(facts.justCompacted).toEqual({
      at: '2026-11-01T10:05:00.000Z',
      trigger: 'auto',
      preTokens: 167_400,
      postTokens: 18_000,
    });
    expect(facts.firstPromptTokens).toBe(50_000);
    expect(factsOf(answer, boundary, after)).toMatchObject({
      justCompacted: null,
      firstPromptTokens: 50_000,
      compactions: 1,
      reading: { usedTokens: 69_013 },
    });
  });

  test('is not over with an old line that is appended again, a sub-agent or an error', () => {
    const noise = [
      answer,
      answerLine({ uuid: 's', line: { isSidechain: true } }),
      answerLine({ uuid: 'e', model: '<synthetic>' }),
    ];
    expect(factsOf(answer, boundary, ...noise).justCompacted).not.toBeNull();
  });

  test('is not over with lines that an earlier compaction has appended again before', () => {
    expect(factsOf(answer, boundary, answer, after, boundary, answer).justCompacted).not.toBeNull();
  });

  test('of a sub-agent is not the session’s', () => {
    expect(factsOf(answer, boundaryLine({ trigger: 'auto' }, { isSidechain: true })).justCompacted).toBeNull();
  });

  test('is evidence of the compaction line only when it was automatic, under the name the model was asked by', () => {
    const asked = answerLine({ uuid: 'a3', messageId: 'm3', line: { requestedModel: 'claude-opus-4-6[1m]' } });
    const manual = boundaryLine({ trigger: 'manual', preTokens: 90_000 });
    expect(factsOf(answer, boundary, after, manual, asked, boundary).autoCompactions).toEqual([
      { model: 'claude-opus-4-6', preTokens: 167_400, at: '2026-11-01T10:05:00.000Z' },
      { model: 'claude-opus-4-6[1m]', preTokens: 167_400, at: '2026-11-01T10:05:00.000Z' },
    ]);
  });

  test('with which a file begins is evidence for the model that answers after it', () => {
    const evidence = { model: 'claude-opus-4-6', preTokens: 167_400, at: '2026-11-01T10:05:00.000Z' };
    expect(factsOf(boundary).autoCompactions).toEqual([]);
    expect(factsOf(boundary, after, answer).autoCompactions).toEqual([evidence]);
  });
});

test('the most tokens seen at once are kept for each model, from readings and compactions', () => {
  const peaksOf = (...lines: readonly string[]) => factsOf(...lines).peaks.map(({ model, tokens }) => [model, tokens]);
  const haiku = answerLine({ messageId: 'm2', model: 'claude-haiku-4-5', promptTokens: 9_000, outputTokens: 0 });
  const before = boundaryLine({ trigger: 'manual', preTokens: 230_000 });
  const lower = answerLine({ messageId: 'm3', promptTokens: 40_000, outputTokens: 0 });
  expect(peaksOf(before)).toEqual([[null, 230_000]]);
  expect(peaksOf(answer, lower, before, answer)).toEqual([['claude-opus-4-6', 230_000]]);
  expect(peaksOf(answer, haiku, lower)).toEqual([
    ['claude-opus-4-6', 50_500],
    ['claude-haiku-4-5', 9_000],
  ]);
});

test('[1m] is known from model fields, not from prose', () => {
  const bold = promptLine({ text: 'Set model to \u001b[1mopus' });
  expect(factsOf(bold, answerLine({ text: '[1m]' })).oneMillionModels).toEqual([]);
  const cost = ridingLine('cost-state', { modelUsage: { 'claude-opus-4-6[1m]': {}, 'claude-haiku-4-5': {} } });
  expect(factsOf(answer, cost, cost).oneMillionModels).toEqual(['claude-opus-4-6[1m]']);
  expect(factsOf(answerLine({ line: { requestedModel: 'Opus[1M]' } })).oneMillionModels).toEqual(['Opus[1M]']);
  expect(factsOf(answerLine({ line: { requestedModel: '\u001b[1mOpus' } })).oneMillionModels).toEqual([]);
});

test.each([
  ['the generated title', ['ai-title', 'summary'], 'ai'],
  ['the user’s own', ['custom-title', 'ai-title'], 'custom'],
  ['the summary', ['summary'], 'sum'],
])('the title is %s', (_name, types, expected) => {
  const titles = {
    'custom-title': { customTitle: 'custom' },
    'ai-title': { aiTitle: 'ai' },
    summary: { summary: 'sum' },
  };
  const lines = types.map((type) => ridingLine(type, titles[type as keyof typeof titles]));
  expect(factsOf(...lines).title).toBe(expected);
});

test('a title is one tidy line of at most 200 characters', () => {
  const title = (aiTitle: string) => factsOf(ridingLine('ai-title', { aiTitle })).title;
  expect(title('one\n two\u0007\tthree ')).toBe('one two three');
  expect(Array.from(title('🐛'.repeat(500)) ?? '')).toHaveLength(200);
  expect(title(' \n ')).toBeNull();
});

test('place and version are those of the newest message line; a sub-agent’s are the last resort', () => {
  const moved = plainLine('attachment', 't1', { cwd: '/elsewhere', gitBranch: 'fix', version: '2.1.331' });
  const subAgent = answerLine({ line: { isSidechain: true, cwd: '/worktree', gitBranch: 'agent' } });
  expect(factsOf(answer, moved, subAgent)).toMatchObject({ cwd: '/elsewhere', gitBranch: 'fix', version: '2.1.331' });
  expect(factsOf(subAgent)).toMatchObject({ cwd: '/worktree', gitBranch: 'agent' });
  const outside = plainLine('attachment', 't2', { cwd: '/outside', gitBranch: '' });
  expect(factsOf(answer, outside, subAgent)).toMatchObject({ cwd: '/outside', gitBranch: '' });
});
