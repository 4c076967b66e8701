import { describe, expect, it } from 'vitest';
import { cutLines } from '../../../src/main/archive/entry-lines.js';
import { entryKeyOf, uuidOfKey } from '../../../src/main/archive/entry-key.js';
import { spaced } from '../../../src/main/archive/spaced-script.js';
import { makeTermScanner } from '../../../src/main/archive/term-scanner.js';

function termsOf(...texts: string[]): string[] {
  const scanner = makeTermScanner();
  const terms: string[] = [];
  for (const text of texts) scanner.scan(text, (term) => terms.push(term));
  return terms;
}

describe('makeTermScanner', () => {
  it.each([
    ['Read readEntryFile(path) again, READ it', ['read', 'readentryfile', 'path', 'again']],
    ['café Café cafe\u0301 CAFE naïve', ['cafe', 'naive']],
    ['a bb ccc', ['ccc']],
    ['snake_case kebab-case x.y.zed', ['snake', 'case', 'kebab', 'zed']],
    ['全文検索 of 文件', []],
    [`${'q'.repeat(64)} ${'w'.repeat(65)}`, ['q'.repeat(64)]],
    ['end', ['end']],
    ['sha256 utf8 deadbeef01 0a1b2c3d 20261101 toolu_01ABCDEF2x9', ['sha256', 'utf8', 'deadbeef01', 'toolu']],
    ['“quoted” – dash\ud83d\ude00emoji \ud800lone', ['quoted', 'dash', 'emoji', 'lone']],
    ['', []],
  ])('finds the words of %j', (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });

  it('tells each word once until it forgets', () => {
    const letters = (number: number) =>
      number.toString(26).replaceAll(/[0-9]/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
    const words = Array.from({ length: 50_000 }, (_, number) => `word${letters(number)}`);
    const texts = Array.from({ length: 10 }, (_, at) => words.slice(at * 5_000, at * 5_000 + 5_000).join(' '));
    expect(termsOf(...texts, ...texts.toReversed())).toEqual(words);
    const scanner = makeTermScanner();
    const told: string[] = [];
    for (let time = 0; time < 3; time += 1) scanner.scan('once', (term) => told.push(term));
    expect(told).toEqual(['once']);
    scanner.forget();
    scanner.scan('once', (term) => told.push(term));
    expect(told).toEqual(['once', 'once']);
  });
});

describe('spaced', () => {
  it('separates the characters of scripts without spaces and leaves the rest', () => {
    expect(spaced('ab 検索cd한국 é')).toBe('ab  検  索 cd 한  국  é');
    expect(spaced('nothing')).toBe('nothing');
  });
});

describe('cutLines', () => {
  it('tells each line and its place, whatever the pieces are', () => {
    const bytes = Buffer.from('{"a":1}\n\n  \n{"é":2}\r\nlast');
    const whole = [
      ['{"a":1}', 0, 7],
      ['{"é":2}\r', 12, 9],
      ['last', 22, 4],
    ];
    for (let size = 1; size <= bytes.length; size += 1) {
      const lines: unknown[] = [];
      const cutter = cutLines((line, offset, length) => lines.push([line, offset, length]));
      for (let from = 0; from < bytes.length; from += size) cutter.push(bytes.subarray(from, from + size));
      cutter.end();
      expect(lines).toEqual(whole);
    }
  });
});

describe('entryKeyOf', () => {
  it('keeps a UUID and hashes any other text', () => {
    const uuid = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
    expect(uuidOfKey(entryKeyOf(uuid).toUpperCase())).toBe(uuid);
    const keys = ['u1', uuid.toUpperCase(), 'x'.repeat(10_000), '\0', uuid].map(entryKeyOf);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });
});
