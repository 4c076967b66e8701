import { describe, expect, test } from 'vitest';
import { gaugeSession, gaugeView } from '../../../src/main/views/gauge-view.js';
import type { AppState } from '../../../src/shared/app-state.js';
import { aProblem as problem, aSession as session, aState as state, blankState } from '../../support/blank-state.js';

const gauge = (of: AppState) => gaugeView(of, gaugeSession(of.sessions));

describe('the gauge', () => {
  test.each([
    ['nothing at all', [], { percent: null, level: 'unknown', dim: false }],
    ['a live session', [{ percent: 40 }], { percent: 40, level: 'normal', dim: false }],
    [
      'the fullest of all live sessions, wherever it stands',
      [{ percent: 40 }, { percent: 61.5 }, { percent: null }],
      { percent: 61.5, level: 'normal', dim: false },
    ],
    [
      'a fuller session that is idle is passed over',
      [{ percent: 90, live: false, state: 'idle' }, { percent: 12 }],
      { percent: 12, level: 'normal', dim: false },
    ],
    ['just below the band', [{ percent: 74.9 }], { percent: 74.9, level: 'normal', dim: false }],
    ['the lower edge of the band', [{ percent: 75 }], { percent: 75, level: 'warn', dim: false }],
    ['below the upper edge', [{ percent: 94.9 }], { percent: 94.9, level: 'warn', dim: false }],
    ['the upper edge of the band', [{ percent: 95 }], { percent: 95, level: 'alarm', dim: false }],
    ['above the window', [{ percent: 133 }], { percent: 133, level: 'alarm', dim: false }],
    ['no reading yet', [{ percent: null, state: 'unknown' }], { percent: null, level: 'unknown', dim: false }],
    [
      'an estimate after a compaction',
      [{ percent: 4, estimated: true, state: 'compacted' }],
      { percent: 4, level: 'normal', dim: true },
    ],
    [
      'a known figure before an unknown one',
      [{ percent: null }, { percent: 0 }],
      { percent: 0, level: 'normal', dim: false },
    ],
    [
      'no live session: the one written to last, dim',
      [
        { percent: 80, live: false, state: 'idle', lastActivityAt: '2026-11-01T09:00:00.000Z' },
        { percent: 30, live: false, state: 'idle', lastActivityAt: '2026-11-01T09:30:00.000Z' },
      ],
      { percent: 30, level: 'normal', dim: true },
    ],
  ] as const)('%s', (_name, sessions, wanted) => {
    const all = sessions.map((more, index) => session({ id: `${index}`, ...more }));
    const further = Math.max(0, all.filter(({ live }) => live).length - 1);
    expect(gauge(state(all))).toEqual({ ...wanted, mark: 'none', further });
  });

  test('the band is the one of the session', () => {
    const exportBand = { from: 30, to: 50, isOwn: true };
    expect(gauge(state([session({ percent: 45, exportBand })])).level).toBe('warn');
    expect(gauge(state([session({ percent: 51, exportBand })])).level).toBe('alarm');
  });

  test('bands of colour of their own go before the export band', () => {
    const settings = { ...blankState.settings, warnPercent: 50, alarmPercent: 60 };
    const levels = [49, 50, 59, 60].map((percent) => gauge(state([session({ percent })], { settings })).level);
    expect(levels).toEqual(['normal', 'warn', 'warn', 'alarm']);
  });

  test('counts the other live sessions, and no idle ones', () => {
    const sessions = [40, 61, 10, 90].map((percent, index) => session({ id: `${index}`, percent, live: percent < 80 }));
    expect(gauge(state(sessions)).further).toBe(2);
    expect(gauge(state(sessions.filter(({ live }) => !live))).further).toBe(0);
  });

  test.each([
    ['nothing', {}, 'none'],
    ['paused', { paused: true }, 'paused'],
    ['showing only', { mode: 'show-only' }, 'paused'],
    ['a problem before paused', { paused: true, problems: [problem('root-unreadable')] }, 'problem'],
    [
      'what the popover says for ever is no mark',
      { problems: [problem('notifications-unavailable'), problem('tray-host-missing')] },
      'none',
    ],
    [
      'an export before all',
      { paused: true, problems: [problem('root-unreadable')], sessions: [session({ exporting: true })] },
      'exporting',
    ],
  ] as const)('marks %s', (_name, more, mark) => {
    expect(gauge(state([], more)).mark).toBe(mark);
  });
});
