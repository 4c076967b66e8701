import { describe, expect, test } from 'vitest';
import { readTranscriptLine } from '../../../src/main/sessions/transcript-line.js';
import { answerLine, plainLine, promptLine } from '../../support/transcript-lines.js';

const prompt = promptLine({ uuid: 'u9' });
const answer = answerLine({ uuid: 'a9' });
const nested = plainLine('progress', 'p1', {
  data: { message: { type: 'assistant', uuid: 'n1', message: { usage: {} } } },
});

describe('readTranscriptLine', () => {
  test.each([
    ['a whole record', answer, { kind: 'entries', damaged: false, entries: [{ uuid: 'a9' }] }],
    ['a Windows line end', `${answer}\r`, { kind: 'entries', damaged: false, entries: [{ uuid: 'a9' }] }],
    ['a byte order mark', `\uFEFF${answer}`, { kind: 'entries', damaged: false, entries: [{ uuid: 'a9' }] }],
    [
      'a lone surrogate',
      promptLine({ uuid: 'u9', text: '\ud800' }),
      { kind: 'entries', damaged: false, entries: [{ uuid: 'u9' }] },
    ],
    [
      'NUL bytes before a record',
      `${'\0'.repeat(4096)}${answer}`,
      { kind: 'entries', damaged: true, entries: [{ uuid: 'a9' }] },
    ],
    [
      'NUL bytes within a record',
      `${answer.slice(0, 40)}\0\0${answer.slice(40)}`,
      { kind: 'entries', damaged: true, entries: [{ uuid: 'a9' }] },
    ],
    [
      'a record cut within a text and the next one',
      `${prompt.slice(0, -8)}${answer}`,
      { kind: 'entries', damaged: true, entries: [{ uuid: 'a9' }] },
    ],
    [
      'a record cut behind a comma and the next one',
      `${prompt.slice(0, prompt.indexOf(',') + 1)}${answer}`,
      { kind: 'entries', damaged: true, entries: [{ uuid: 'a9' }] },
    ],
    [
      'two whole records',
      `${prompt}${answer}`,
      { kind: 'entries', damaged: true, entries: [{ uuid: 'u9' }, { uuid: 'a9' }] },
    ],
    [
      'a whole record, a cut one and two whole ones',
      `${prompt}${answer.slice(0, -30)}${answer} ${prompt}`,
      { kind: 'entries', damaged: true, entries: [{ uuid: 'u9' }, { uuid: 'a9' }, { uuid: 'u9' }] },
    ],
    [
      'a cut record and one that starts with a field of its own',
      `${prompt.slice(0, -5)}{"leafUuid":"a9","type":"last-prompt"}`,
      { kind: 'entries', damaged: true, entries: [{ kind: 'other', type: 'last-prompt' }] },
    ],
    ['only NUL bytes', '\0\0', { kind: 'bad' }],
    ['a cut record', answer.slice(0, -1), { kind: 'bad' }],
    [
      'a record cut right behind a part that looks like one',
      nested.slice(0, nested.indexOf('}}') + 3),
      { kind: 'bad' },
    ],
    ['prose', '// recorded on a Monday', { kind: 'bad' }],
    ['nothing', '', { kind: 'blank' }],
    ['white space', ' \t\r', { kind: 'blank' }],
  ])('%s', (_name, line, expected) => {
    expect(readTranscriptLine(line)).toMatchObject(expected);
  });

  const parts = Array.from({ length: 50_000 }, (_, index) => ({ type: 'text', text: `part ${index}` }));
  test.each([
    ['a record with thousands of parts that is cut', answerLine({ line: { parts } }).slice(0, -1)],
    ['objects that never end', '{"type":'.repeat(100_000)],
    ['cut records without number', '{"a":{"a":{"type":1 '.repeat(50_000)],
    ['brackets that never end', '['.repeat(500_000)],
  ])('%s: a bad line that costs little', (_name, line) => {
    const startedAt = performance.now();
    expect(readTranscriptLine(line)).toEqual({ kind: 'bad' });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});
