import { describe, expect, test } from 'vitest';
import { parseEntry } from '../../../src/main/sessions/entry-parser.js';
import { emptyFacts, foldEntry } from '../../../src/main/sessions/transcript-facts.js';
import { finishedTurns } from '../../../src/main/sessions/turn-log.js';
import { answerLine, boundaryLine, promptLine, plainLine } from '../../support/transcript-lines.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 10) + minute * 60_000).toISOString();
const prompt = (minute: number, line = {}) => promptLine({ line: { timestamp: at(minute), ...line } });
const result = (minute: number) =>
  prompt(minute, { message: { role: 'user', content: [{ type: 'tool_result', content: 'ok' }] } });

let answers = 0;
function answer(minute: number, usedTokens: number, { ends = true, line = {} } = {}): string {
  answers += 1;
  const parsed = JSON.parse(
    answerLine({ messageId: `m${answers}`, uuid: `a${answers}`, promptTokens: usedTokens, outputTokens: 0 }),
  ) as { message: object };
  const message = { ...parsed.message, stop_reason: ends ? 'end_turn' : 'tool_use' };
  return JSON.stringify({ ...parsed, message, timestamp: at(minute), ...line });
}

function turnsOf(...lines: readonly string[]) {
  const facts = lines.map(parseEntry).reduce((so, entry) => (entry === null ? so : foldEntry(so, entry)), emptyFacts());
  return finishedTurns(facts.turns).map(({ grownTokens, workMs }) => [
    grownTokens,
    workMs === null ? null : workMs / 60_000,
  ]);
}

const first = [prompt(0), answer(1, 20_000)];

test('a turn is a prompt with all that answers it; the first only tells where the second begins', () => {
  const working = [answer(3, 24_000, { ends: false }), result(4), answer(5, 31_000)];
  expect(turnsOf(...first)).toEqual([]);
  expect(turnsOf(...first, prompt(2), ...working)).toEqual([[11_000, 4]]);
  expect(turnsOf(...first, prompt(2), ...working, prompt(6), answer(7, 33_000))).toEqual([
    [11_000, 4],
    [2000, 2],
  ]);
});

test('a turn that goes on is none yet', () => {
  expect(turnsOf(...first, prompt(2), answer(3, 24_000, { ends: false }))).toEqual([]);
});

test('pauses of more than 5 minutes are no work, nor is going back in time', () => {
  expect(turnsOf(...first, prompt(90), answer(95, 24_000, { ends: false }), answer(101, 25_000))).toEqual([[5000, 5]]);
  expect(turnsOf(...first, prompt(2), result(1), answer(3, 24_000))).toEqual([[4000, 2]]);
});

test('without times there is no work', () => {
  const line = { timestamp: null };
  expect(turnsOf(prompt(0, line), answer(1, 20_000, { line }), prompt(2, line), answer(3, 24_000, { line }))).toEqual([
    [4000, null],
  ]);
});

describe('no turn begins with', () => {
  test.each([
    ['a result', result(3)],
    ['a note of the client', prompt(3, { isMeta: true })],
    ['a summary', prompt(3, { isCompactSummary: true })],
    ['a sub-agent’s prompt', prompt(3, { isSidechain: true })],
    ['news of a task', prompt(3, { origin: { kind: 'task-notification' } })],
    ['news of a task, from an older client', prompt(3, { message: { content: '<task-notification>\ndone' } })],
    ['a command', prompt(3, { message: { content: '<command-name>/cost</command-name>' } })],
    ['what a command prints', prompt(3, { message: { content: '<local-command-stdout>ok' } })],
    ['a line without content', prompt(3, { message: { content: [] } })],
    ['a line without a message', prompt(3, { message: 'text' })],
    ['an attachment', plainLine('attachment', 't1')],
  ])('%s', (_name, line) => {
    expect(turnsOf(...first, prompt(2), answer(3, 24_000), line, answer(4, 25_000))).toEqual([[5000, 3]]);
  });
});

test('a prompt with a picture begins a turn', () => {
  const picture = prompt(3, { message: { content: [{ type: 'text', text: 'Look' }, { type: 'image' }] } });
  expect(turnsOf(...first, prompt(2), answer(3, 24_000), picture, answer(4, 25_000))).toEqual([
    [4000, 2],
    [1000, 1],
  ]);
});

test('a prompt without an answer is no turn', () => {
  expect(turnsOf(...first, prompt(2), prompt(3), answer(4, 24_000))).toEqual([[4000, 3]]);
});

test('sub-agents add nothing', () => {
  const subAgent = answer(3, 90_000, { line: { isSidechain: true } });
  expect(turnsOf(...first, prompt(2), subAgent, answer(4, 24_000))).toEqual([[4000, 3]]);
});

test('a small drop is what the client leaves out of the next prompt', () => {
  expect(turnsOf(...first, prompt(2), answer(3, 19_000), prompt(4), answer(5, 25_000))).toEqual([
    [-1000, 2],
    [6000, 2],
  ]);
});

test.each([
  ['a compaction', [boundaryLine({ trigger: 'auto', preTokens: 28_000 }), answer(6, 27_000)]],
  ['a rewind', [answer(6, 15_000)]],
])('%s begins anew', (_name, lines) => {
  const before = [...first, prompt(2), answer(3, 24_000), prompt(4), answer(5, 28_000), prompt(6)];
  expect(turnsOf(...before)).toHaveLength(2);
  expect(turnsOf(...before, ...lines)).toEqual([]);
  expect(turnsOf(...before, ...lines, prompt(7), answer(8, 30_000))).toHaveLength(1);
});

test('the newest 12 are kept', () => {
  const lines = Array.from({ length: 20 }, (_, turn) => [prompt(turn), answer(turn + 0.5, 20_000 + turn ** 2)]);
  const turns = turnsOf(...lines.flat());
  expect(turns).toHaveLength(12);
  expect(turns.at(-1)?.[0]).toBe(19 ** 2 - 18 ** 2);
});
