import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { readTranscriptBytes, readTranscriptLine } from '../../../src/main/archive/transcript-entry.js';
import { searchableText } from '../../../src/main/archive/searchable-text.js';

const line = (record: object) => readTranscriptLine(JSON.stringify({ uuid: 'u', ...record }));
const entry = (record: object) => line(record)?.entry;
const result = (content: unknown) => [{ type: 'tool_result', tool_use_id: 't', content }];

describe('readTranscriptLine', () => {
  it.each([
    [{ type: 'user', message: { content: 'hello' } }, 'user', 'hello'],
    [{ type: 'user', isMeta: true, message: { content: 'caveat' } }, 'system', 'caveat'],
    [{ type: 'user', isCompactSummary: true, message: { content: 'summary' } }, 'system', 'summary'],
    [{ type: 'user', message: { content: result('output') } }, 'tool', 'output'],
    [
      {
        type: 'user',
        message: {
          content: result([
            { type: 'text', text: 'a' },
            { type: 'image', source: {} },
            { type: 'text', text: 'b' },
          ]),
        },
      },
      'tool',
      'a\nb',
    ],
    [
      {
        type: 'assistant',
        message: {
          content: [
            { type: 'thinking', thinking: 'hm' },
            { type: 'text', text: 'yes' },
          ],
        },
      },
      'assistant',
      'hm\nyes',
    ],
    [
      {
        type: 'assistant',
        message: {
          content: [{ type: 'tool_use', name: 'Bash', input: { command: 'ls -l', timeout: 5, env: { A: 'b' } } }],
        },
      },
      'assistant',
      'Bash\nls -l\n5\n{"A":"b"}',
    ],
    [{ type: 'system', content: 'compacted' }, 'system', 'compacted'],
    [{ type: 'attachment', attachment: { type: 'queued_command', prompt: 'and then' } }, 'user', 'and then'],
    [{ type: 'attachment', attachment: { type: 'file', content: 'x' } }, null, ''],
    [{ type: 'progress', data: { type: 'agent_progress', message: { message: { content: 'x' } } } }, null, ''],
    [{ type: 'never-heard-of', content: 'kept' }, null, 'kept'],
    [{ type: 'user', message: 7 }, 'user', ''],
    [{}, null, ''],
  ])('%j', (record, role, text) => {
    expect(entry(record)).toMatchObject({ uuid: 'u', role, text });
  });

  it('tells time, agent, kind, folder, session and title, and nothing that is of another type', () => {
    expect(
      line({ type: 'user', timestamp: '2026-11-01T10:00:00Z', agentId: 'a6', cwd: '/w', sessionId: 's', message: {} }),
    ).toEqual({
      entry: { uuid: 'u', kind: 'user', role: 'user', agentId: 'a6', atMs: Date.UTC(2026, 10, 1, 10), text: '' },
      cwd: '/w',
      sessionId: 's',
      title: null,
    });
    expect(line({ type: 'progress', data: { agentId: 'a7' } })?.entry?.agentId).toBe('a7');
    expect(line({ type: ['x'], timestamp: 'noon', agentId: 7, cwd: null, sessionId: {} })).toEqual({
      entry: { uuid: 'u', kind: '', role: null, agentId: null, atMs: null, text: '' },
      cwd: null,
      sessionId: null,
      title: null,
    });
    expect(readTranscriptLine('{"type":"custom-title","customTitle":"Mine"}')).toMatchObject({
      entry: null,
      title: { custom: 'Mine' },
    });
  });

  it.each(['', '[]', 'null', '7', '{', '{"a":1} {"b":2}'])('is null for %j', (text) => {
    expect(readTranscriptLine(text)).toBeNull();
  });
});

describe('searchableText', () => {
  it('cuts what is long so that beginning and end stay, and leaves data out', () => {
    const long = `start ${'x'.repeat(10_000_000)} end`;
    for (const content of [
      long,
      [{ type: 'text', text: long }],
      [...result(long)],
      [{ type: 'tool_use', name: 'Write', input: { content: long } }],
    ]) {
      const text = searchableText(content);
      expect(text.length).toBeLessThanOrEqual(64 * 1024 + 1);
      expect(text).toMatch(/start x/);
      expect(text).toMatch(/x end$/);
    }
    const image = { type: 'image', source: { type: 'base64', data: 'A'.repeat(100_000) } };
    expect(searchableText([image, { type: 'text', text: 'seen' }, image])).toBe('seen');
    const many = Array.from({ length: 1000 }, () => ({ type: 'text', text: 'y'.repeat(1000) }));
    expect(searchableText(many).length).toBeLessThanOrEqual(64 * 1024 + 1);
  });
});

describe('readTranscriptBytes', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom('a', ' ', 'é', '検', '😀', '\u0085', '\\u00e9'),
      minLength: 5_000,
      maxLength: 8_000,
    }),
    fc.constantFrom('plain', '\\u0041', 'caf\u00e9', '\ud800 alone'),
  );
  const content = fc.oneof(
    text,
    text.map((said) => [{ type: 'tool_result', content: said }]),
    fc.tuple(text, text).map(([one, other]) => [
      { type: 'text', text: one },
      { type: 'tool_result', content: [{ type: 'text', text: other }] },
      { type: 'tool_use', name: 'Bash', input: { command: other, more: { nested: one } } },
    ]),
  );

  it('reads the same as from the text of the line, whatever characters it holds and however they are spelled', () => {
    fc.assert(
      fc.property(content, text, fc.boolean(), (said, title, isSpelled) => {
        const records = [
          { uuid: title, type: 'user', cwd: title, agentId: title, message: { content: said } },
          { type: 'custom-title', customTitle: title, sessionId: title },
        ];
        for (const record of records) {
          const json = JSON.stringify(record);
          const spelled = json.replaceAll(
            /[\u0080-\uffff]/g,
            (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
          );
          const written = Buffer.from(isSpelled ? spelled : json);
          expect(readTranscriptBytes(written)).toEqual(readTranscriptLine(written.toString('utf8')));
        }
      }),
      { numRuns: 120 },
    );
  });

  it('takes bytes that are no UTF-8 as the text of the line has them', () => {
    for (const bad of [[0xc3], [0xe6, 0xa4], [0xff, 0x41], [0xf0, 0x9f, 0x98]]) {
      const bytes = Buffer.concat([
        Buffer.from('{"uuid":"u","type":"user","message":{"content":"é'),
        Buffer.from(bad),
        Buffer.from('"}}'),
      ]);
      expect(readTranscriptBytes(bytes)).toEqual(readTranscriptLine(bytes.toString('utf8')));
    }
  });
});
