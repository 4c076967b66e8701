import { describe, expect, test } from 'vitest';
import { compactionWords } from '../../src/renderer/compaction-words.js';
import { figures } from '../../src/renderer/figures.js';
import { forecastWords } from '../../src/renderer/forecast-words.js';
import { hintText } from '../../src/renderer/hint-text.js';
import { presenceOf } from '../../src/renderer/presence.js';
import { sessionDetails } from '../../src/renderer/session-details.js';
import { unreachedThreshold } from '../../src/renderer/unreached-threshold.js';
import type { CompactionLine } from '../../src/shared/app-state.js';
import { idleSession, sampleForecast, sampleLine, sampleNowMs, sampleSession, unreadSession } from './sample-state.js';

describe('where a session is compacted', () => {
  test.each([
    [null, null],
    [sampleLine(), 'compacts at about 967k, learnt from 12 compactions'],
    [sampleLine({ learntFrom: 1 }), 'compacts at about 967k, learnt from 1 compaction'],
    [sampleLine({ source: 'settings', learntFrom: 0 }), 'compacts at about 967k, from the client’s settings'],
    [sampleLine({ source: 'rule', learntFrom: 0 }), 'compacts at about 967k, by the client’s rule'],
    [sampleLine({ tokens: null, percent: null, source: 'settings', learntFrom: 0 }), 'automatic compaction is off'],
  ])('%j is said as %j', (line, words) => {
    expect(compactionWords(line)?.full ?? null).toBe(words);
  });

  test('in short it leaves out how that is known', () => {
    expect(compactionWords(sampleLine())?.short).toBe('compacts at about 967k');
  });
});

describe('a forecast', () => {
  test.each([
    [{}, 'about 6 turns, 14 min to compaction'],
    [{ to: 'full' as const }, 'about 6 turns, 14 min until full'],
    [{ turnsLeft: 1, minutesLeft: null }, 'about 1 turn to compaction'],
    [{ turnsLeft: 1, minutesLeft: 0 }, 'about 1 turn, under 1 min to compaction'],
    [{ minutesLeft: 83 }, 'about 6 turns, 1 h 20 min to compaction'],
    [{ turnsLeft: 0, minutesLeft: 0 }, 'compacts at any moment'],
    [{ turnsLeft: 0, to: 'full' as const }, 'full at any moment'],
  ])('%j is said as %j', (changes, words) => {
    expect(forecastWords(sampleForecast(changes))?.pieces.join('')).toBe(words);
  });

  test('says what it is counted from, and no rate that is not known', () => {
    expect(forecastWords(sampleForecast())?.basis).toBe('grows by about 31k a turn, 14k a minute');
    expect(forecastWords(sampleForecast({ tokensPerMinute: null }))?.basis).toBe('grows by about 31k a turn');
  });

  test('is nothing where nothing can be told', () => expect(forecastWords(null)).toBeNull());

  test.each([
    [0, 'under 1 min'],
    [1, '1 min'],
    [59, '59 min'],
    [64, '1 h'],
    [596, '10 h'],
    [95 * 60 + 10, '95 h'],
  ])('%d minutes are roughly %s', (minutes, words) => expect(figures.roughMinutes(minutes)).toBe(words));
});

test.each([
  [null, true, 'live'],
  [null, false, 'idle'],
  ['waiting', true, 'waiting'],
  ['busy', true, 'working'],
  ['idle', true, 'ready'],
  [null, true, 'open', { pid: 1 }],
  ['a word of a later client', true, 'open'],
] as const)('a client that says %j of a session, live %s: %s', (status, live, presence, client?: { pid: number }) => {
  const running = status === null && client === undefined ? null : { pid: 1, status, waitingFor: null };
  expect(presenceOf({ client: running, live })).toBe(presence);
});

describe('where the figures come from', () => {
  test.each([
    ['measured', {}, ['Measured: the figures of the newest answer', 'Window size known for this model']],
    [
      'estimated',
      { estimated: true, windowSource: 'learnt' as const },
      ['Estimated until the first answer after the compaction', 'Window size learnt from compactions'],
    ],
    [
      'read from the end only',
      { complete: false, windowSource: null },
      ['Measured: the figures of the newest answer', 'Read from the end of the file; the rest is being read'],
    ],
  ])('%s', (_, changes, lines) => expect(sessionDetails(sampleSession(changes), sampleNowMs).figure).toEqual(lines));

  test('nothing is said of what is not known', () => {
    const unknown = unreadSession({ gitBranch: null, clientVersion: null, compactions: null });
    expect(sessionDetails(unknown, sampleNowMs)).toEqual({ figure: [], surroundings: [] });
  });

  test('branch and version are made fit to be shown, compactions are counted', () => {
    const { surroundings } = sessionDetails(
      sampleSession({ gitBranch: 'fix/\u202Eauth', clientVersion: '2.1\n.330', compactions: 3 }),
      sampleNowMs,
    );
    expect(surroundings).toEqual(['Branch fix/auth', 'Claude Code 2.1 .330', 'Compacted 3 times so far']);
  });

  test('a tooltip has a line for each, begun with a capital, and is none without any', () => {
    expect(hintText(['compacts soon', null, undefined, '', 'Known'])).toBe('Compacts soon\nKnown');
    expect(hintText(['compacts soon'], ['api-server'])).toBe('api-server\nCompacts soon');
    expect(hintText([null])).toBeUndefined();
  });
});

describe('a threshold above the compaction line', () => {
  const at = (percent: number | null): CompactionLine => sampleLine({ percent, tokens: percent === null ? null : 1 });
  const haiku = { model: 'claude-haiku-4-5', windowTokens: 200_000 };

  test.each([
    ['is reached where the line is above it', [sampleSession({ compactionLine: at(96.7) })], null],
    ['is reached where both are the same', [sampleSession({ compactionLine: at(90) })], null],
    ['is not told of where compaction is off', [sampleSession({ compactionLine: at(null) })], null],
    ['is not told of where no line is known', [sampleSession()], null],
    ['is not told of a session without a model', [unreadSession({ compactionLine: at(80) })], null],
    [
      'names each model once, idle sessions too, with its lowest line',
      [
        sampleSession({ ...haiku, compactionLine: at(83.5) }),
        idleSession({ ...haiku, compactionLine: at(80.2) }),
        sampleSession({ compactionLine: at(89.9) }),
      ],
      'Threshold never reached by Haiku 4.5 (compacts at 80%), Opus 5.5 (at 89%).',
    ],
    [
      'names the window where the same model reaches it with another',
      [sampleSession({ ...haiku, compactionLine: at(83.5) }), sampleSession({ ...haiku, compactionLine: at(96.7) })],
      'Threshold never reached by Haiku 4.5 with a 200k window (compacts at 83%).',
    ],
  ])('%s', (_, sessions, words) => expect(unreachedThreshold(sessions, 90)).toBe(words));
});
