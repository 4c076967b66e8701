import { describe, expect, test } from 'vitest';
import { cooldownScale } from '../../src/renderer/cooldown-scale.js';
import { displayText } from '../../src/renderer/display-text.js';
import { figures } from '../../src/renderer/figures.js';
import { fullestSession } from '../../src/renderer/fullest-session.js';
import { modelName } from '../../src/renderer/model-name.js';
import { idleSession, sampleSession, unreadSession } from './sample-state.js';

describe('figures', () => {
  test.each([
    [0, '0'],
    [950, '950'],
    [41_000, '41k'],
    [772_600, '773k'],
    [999_400, '999k'],
    [999_600, '1M'],
    [1_000_000, '1M'],
    [1_049_000, '1.05M'],
  ])('%d tokens are %s', (count, text) => expect(figures.tokens(count)).toBe(text));

  test.each([
    [null, '–'],
    [0, '0'],
    [77.3, '77'],
    [104.2, '104'],
  ])('%s percent are %s', (percent, text) => expect(figures.percent(percent)).toBe(text));

  test.each([
    [812, '812 B'],
    [1200, '1.2 KB'],
    [41_200, '41 KB'],
    [999_600, '1 MB'],
    [12_345_678, '12 MB'],
  ])('%d bytes are %s', (count, text) => expect(figures.bytes(count)).toBe(text));

  test.each([
    [-5000, '0 s'],
    [29_000, '20 s'],
    [14 * 60_000, '14 min'],
    [3 * 3_600_000, '3 h'],
    [47 * 3_600_000, '47 h'],
    [49 * 3_600_000, '2 d'],
  ])('%d ms ago is %s', (milliseconds, text) => expect(figures.age(milliseconds)).toBe(text));

  test('a time of today has no date, another day has one, and it is local', () => {
    const noon = new Date(2026, 10, 22, 12, 0);
    const earlier = new Date(2026, 10, 22, 9, 5);
    const yesterday = new Date(2026, 10, 21, 9, 5);
    expect(figures.clock(earlier.toISOString(), noon.getTime())).toMatch(/^0?9:05/);
    expect(figures.clock(yesterday.toISOString(), noon.getTime())).toMatch(/21/);
  });
});

describe('model names', () => {
  test.each([
    ['claude-opus-5-5', 'Opus 5.5'],
    ['claude-opus-4-6[1m]', 'Opus 4.6'],
    ['claude-sonnet-4-20250514', 'Sonnet 4'],
    ['claude-sonnet-4-5-20250929', 'Sonnet 4.5'],
    ['claude-3-5-haiku-20241022', 'Haiku 3.5'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'Sonnet 4.5'],
    ['claude-opus-4@20250514', 'Opus 4'],
    ['gpt-thing', 'gpt-thing'],
    ['x'.repeat(80), `${'x'.repeat(28)}…`],
  ])('%s is %s', (id, name) => expect(modelName(id)).toBe(name));
});

describe('text from a session', () => {
  test.each([
    ['plain', 'plain'],
    [' bell\u0007 and\r\nline \u001b[31mred', 'bell  and line  [31mred'],
    ['\u202Egnp.exe', 'gnp.exe'],
    ['a\u2066b\u2069c\u200fd', 'abcd'],
    ['إصلاح', 'إصلاح'],
  ])('%j is shown as %j', (raw, shown) => expect(displayText(raw)).toBe(shown));

  test('what is very long is cut between characters', () => {
    expect(displayText('🙂'.repeat(5000))).toBe(`${'🙂'.repeat(300)}…`);
  });
});

describe('the cooldown scale', () => {
  test('goes by single minutes up to an hour and ends at a day', () => {
    for (let minutes = 0; minutes <= 60; minutes += 1) expect(cooldownScale.positionOf(minutes)).toBe(minutes);
    expect(cooldownScale.minutesAt(cooldownScale.lastPosition)).toBe(1440);
  });

  test('grows with every position, and every stop finds its position again', () => {
    let previous = -1;
    for (let position = 0; position <= cooldownScale.lastPosition; position += 1) {
      const minutes = cooldownScale.minutesAt(position);
      expect(minutes).toBeGreaterThan(previous);
      expect(cooldownScale.positionOf(minutes)).toBe(position);
      previous = minutes;
    }
  });

  test('puts minutes between two stops between their positions', () => {
    expect(cooldownScale.positionOf(66)).toBeCloseTo(60.4);
    expect(cooldownScale.positionOf(5000)).toBe(cooldownScale.lastPosition);
  });
});

describe('the fullest session', () => {
  const full = sampleSession({ id: 'full', percent: 80 });
  const fuller = sampleSession({ id: 'fuller', percent: 90 });
  const unread = unreadSession();
  test.each([
    ['the highest percent', [full, fuller, unread], fuller],
    ['the same from any order', [unread, fuller, idleSession({ percent: 99 }), full], fuller],
    ['the first of those that are equally full', [full, sampleSession({ id: 'as-full', percent: 80 })], full],
    ['never an idle one', [idleSession({ percent: 99 }), full], full],
    ['one without a reading where no live one has any', [idleSession(), unread], unread],
    ['none without a live session', [idleSession()], null],
  ])('is %s', (_, sessions, expected) => expect(fullestSession(sessions)).toBe(expected));
});
