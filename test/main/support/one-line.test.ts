import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../src/main/support/one-line.js';

describe('oneLine', () => {
  it.each([
    ['plain text, ümläuts, 日本語, 👍🏽', 'plain text, ümläuts, 日本語, 👍🏽'],
    ['two\nlines\r\n', String.raw`two\nlines\r\n`],
    ['\u001b[31mred\u0007', String.raw`\x1b[31mred\x07`],
    ['\u009b2J', String.raw`\x9b2J`],
    ['abc\u202egpj.exe', String.raw`abc\u202egpj.exe`],
    ['line\u2028separator', String.raw`line\u2028separator`],
    ['lone \ud800 surrogate', String.raw`lone \ud800 surrogate`],
    ['nul\0', String.raw`nul\x00`],
  ])('shows %j as %j', (given, shown) => {
    expect(oneLine(given)).toBe(shown);
  });

  it('cuts what is too long by characters, not in the middle of one', () => {
    expect(oneLine('👍👍👍👍', 3)).toBe('👍👍…');
    expect(oneLine('👍👍👍', 3)).toBe('👍👍👍');
  });
});
