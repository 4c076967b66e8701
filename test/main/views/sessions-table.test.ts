import { describe, expect, it } from 'vitest';
import { percentText, sessionsTable } from '../../../src/main/views/sessions-table.js';
import { someSession } from '../../support/blank-state.js';

describe('sessionsTable', () => {
  it('aligns the columns and keeps the order', () => {
    const unknown = {
      ...someSession,
      id: '22222222-2222-4333-8444-555555555555',
      usedTokens: null,
      windowTokens: null,
      windowSource: null,
      percent: null,
      state: 'unknown' as const,
      unexportedMessages: null,
      title: null,
    };
    const assumed = { ...someSession, windowTokens: 1_000_000, windowSource: 'assumed' as const, percent: 15.2 };
    expect(sessionsTable([assumed, unknown])).toEqual([
      'CONTEXT   TOKENS             WINDOW  STATE          NEW  PROJECT     TITLE                      SESSION',
      '  15.2%  152,000  1,000,000 assumed  live            12  api-server  Fix the flaky login tests  11111111-2222-4333-8444-555555555555',
      '      -        -                  -  live, unknown    -  api-server  -                          22222222-2222-4333-8444-555555555555',
    ]);
  });

  it('shows what is left where there is a forecast; all but the id fits into 120 columns', () => {
    const forecast = {
      to: 'compaction',
      turnsLeft: 6,
      minutesLeft: 14,
      tokensPerTurn: 5000,
      tokensPerMinute: 2143,
    } as const;
    const long = { ...someSession, project: 'p'.repeat(90), title: 't'.repeat(90) };
    const lines = sessionsTable([{ ...someSession, forecast }, long]);
    expect(lines.slice(0, 2)).toEqual([
      'CONTEXT   TOKENS         WINDOW  LEFT             STATE  NEW  PROJECT               TITLE                           SESSION',
      '  76.0%  152,000  200,000 table  6 turns, 14 min  live    12  api-server            Fix the flaky login tests       11111111-2222-4333-8444-555555555555',
    ]);
    expect(lines[2]).toContain('200,000 table  -  ');
    expect(lines[2]?.indexOf(someSession.id)).toBeLessThanOrEqual(120);
  });

  it('says that there is none', () => {
    expect(sessionsTable([])).toEqual(['No sessions.']);
  });

  it('shows a hostile title as text, on its line', () => {
    const [, row] = sessionsTable([{ ...someSession, title: 'a\n\u001b[2Jb', project: 'p\u202e' }]);
    expect(row).toContain(String.raw`a\n\x1b[2Jb`);
    expect(row).toContain(String.raw`p\u202e`);
  });
});

describe('percentText', () => {
  it.each([
    [76, false, '76.0%'],
    [104.26, false, '104.3%'],
    [15.3, true, '~15.3%'],
    [null, false, '-'],
  ])('shows %j (estimated: %j) as %s', (percent, estimated, text) => {
    expect(percentText({ percent, estimated })).toBe(text);
  });
});
