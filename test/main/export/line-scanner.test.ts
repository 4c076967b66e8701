import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLineScanner, type ScannedLine } from '../../../src/main/export/line-scanner.js';
import { listTranscripts, transcriptsFolder } from '../../support/genuine-transcripts.js';

function scan(bytes: Buffer, pieceBytes: number): ScannedLine[] {
  const lines: ScannedLine[] = [];
  const scanner = createLineScanner((line) => lines.push(line));
  for (let from = 0; from < bytes.length; from += pieceBytes) scanner.push(bytes.subarray(from, from + pieceBytes));
  return lines;
}

/** What a parser says of the same lines. */
function parse(bytes: Buffer): ScannedLine[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const text = (value: unknown) => (typeof value === 'string' ? value : null);
      try {
        const entry = JSON.parse(line);
        const { type, uuid, timestamp, message } = entry;
        const found = { type: text(type), uuid: text(uuid), timestamp: text(timestamp), messageId: text(message?.id) };
        return { ...found, wellFormed: typeof entry === 'object' && !Array.isArray(entry) };
      } catch {
        return { type: null, uuid: null, timestamp: null, messageId: null, wellFormed: false };
      }
    });
}

const awkward = [
  '{"type":"user","uuid":"u1","message":{"role":"user","content":"\\"type\\":\\"assistant\\" {[ \\\\"}}',
  ' { "uuid" : "u2" , "message" : { "content":[{"id":"inner","type":"text"}], "usage":{"id":"no"}, "id" : "m1" }, "type":"assistant" } ',
  '{"message":["id","x"],"type":"system","uuid":7,"data":{"type":"user","message":{"id":"deep"}}}',
  '{"type":"attachment","type":"system"}',
  '{"ty\\u0070e":"user","uuid":"\\u0075\\u0033"}',
  '{"message":{"message":{"id":"deeper"},"id":"outer"},"timestamp":"2026-11-01T10:00:00.000Z"}',
  '{"message":"id","id":"top","type":null}',
  '{"keys":["type","user"],"a":{"type":"user"},"b":[{"uuid":"x"}]}',
  '',
  '   ',
  '{"deep":[[{"a":"\\\\\\"","b":{}}],[]],"message":{"content":[{"a":[{}]},"}"],"id":"m2"},"uuid":"u4"}',
  '{}',
].join('\n');

describe('createLineScanner', () => {
  it.each([1, 2, 3, 7, 64, 1000])('agrees with a parser on awkward lines in pieces of %i bytes', (pieceBytes) => {
    const bytes = Buffer.from(`${awkward}\r\n`);
    expect(scan(bytes, pieceBytes)).toEqual(parse(bytes));
  });

  it.each([
    ['a cut record with the next one on its line', '{"type":"user","uuid":"u1","mess{"type":"user","uuid":"u2"}'],
    ['two records on a line', '{"type":"user"}{"type":"user"}'],
    ['NUL bytes', '\0\0\0{"type":"user"}'],
    ['NUL bytes within', '{"type":"us\0er"}'],
    ['an open string', '{"type":"user'],
    ['an open object', '{"type":"user","a":{}'],
    ['no object', '["type","user"]'],
    ['words', 'type user'],
    ['a line cut after a backslash', '{"type":"user","a":"b\\'],
    ['a line cut after a backslash, deep within', '{"type":"user","a":{"b":["c\\'],
    ['a control byte between values', '{"type":"user",\u0001"a":[1]}'],
  ])('calls %s not well formed, and reads the next line', (_, line) => {
    const lines = scan(Buffer.from(`${line}\n{"type":"user","uuid":"next"}\n`), 5);
    expect(lines.map(({ wellFormed }) => wellFormed)).toEqual([false, true]);
    expect(lines[1]).toMatchObject({ type: 'user', uuid: 'next' });
  });

  it('says nothing of a line that has no end yet', () => {
    expect(scan(Buffer.from('{"type":"user"}'), 100)).toEqual([]);
  });

  it('keeps little of a huge identity', () => {
    const [line] = scan(Buffer.from(`{"type":"user","uuid":"${'x'.repeat(3_000_000)}"}\n`), 65_536);
    expect(line?.wellFormed).toBe(true);
    expect(line?.uuid?.length).toBeLessThan(1000);
  });

  it.skipIf(!existsSync(transcriptsFolder))('agrees with a parser on genuine transcripts', async () => {
    const files = (await listTranscripts()).filter((_, index) => index % 3 === 0);
    expect(files.length).toBeGreaterThan(10);
    let lines = 0;
    for (const file of files) {
      const bytes = readFileSync(path.join(transcriptsFolder, file));
      const expected = parse(bytes);
      // What a parser refuses needs no fields.
      const found = scan(bytes, 8191).map((line, index) => (expected[index]?.wellFormed ? line : expected[index]));
      lines += found.length;
      expect({ file, lines: found }).toEqual({ file, lines: expected });
    }
    expect(lines).toBeGreaterThan(1000);
  });
});
