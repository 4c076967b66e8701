import { describe, expect, test } from 'vitest';
import { trayView, type MenuItemModel } from '../../../src/main/views/tray-view.js';
import type { AppState, Problem, SessionState } from '../../../src/shared/app-state.js';
import { blankState, someSession } from '../../support/blank-state.js';

const session = (more: Partial<SessionState>): SessionState => ({ ...someSession, ...more });
const state = (sessions: readonly SessionState[], more: Partial<AppState> = {}): AppState => ({
  ...blankState,
  sessions,
  ...more,
});
const problem = (code: string): Problem => ({
  code,
  message: 'm',
  mend: 'm',
  sessionId: null,
  since: '2026-11-01T10:00:00.000Z',
});
const labels = (menu: readonly MenuItemModel[]) => menu.map((row) => (row.kind === 'item' ? row.label : '—'));
const row = (view: AppState, label: string) =>
  trayView(view).menu.find((item) => item.kind === 'item' && item.label.startsWith(label));

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
    ['the lower edge of the band', [{ percent: 75 }], { percent: 75, level: 'band', dim: false }],
    ['the upper edge of the band', [{ percent: 95 }], { percent: 95, level: 'band', dim: false }],
    ['above the band', [{ percent: 95.1 }], { percent: 95.1, level: 'over', dim: false }],
    ['above the window', [{ percent: 133 }], { percent: 133, level: 'over', dim: false }],
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
    expect(trayView(state(sessions.map(session))).gauge).toEqual({ ...wanted, mark: 'none' });
  });

  test('the band is the one of the session', () => {
    const exportBand = { from: 30, to: 50, isOwn: true };
    expect(trayView(state([session({ percent: 45, exportBand })])).gauge.level).toBe('band');
    expect(trayView(state([session({ percent: 51, exportBand })])).gauge.level).toBe('over');
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
    expect(trayView(state([], more)).gauge.mark).toBe(mark);
  });
});

describe('the tooltip', () => {
  test.each([
    ['nothing', state([]), 'Context Watcher · no live session'],
    ['a session', state([session({ percent: 76.4 })]), '76% · api-server — Fix the flaky login tests'],
    ['an estimate', state([session({ percent: 4, estimated: true })]), '~4% · api-server — Fix the flaky login tests'],
    ['an unread session', state([session({ percent: null, title: null })]), 'no reading yet · api-server'],
    [
      'a session that waits',
      state([session({ title: null, client: { pid: 7, status: 'waiting' } })]),
      '76% · api-server · waits for you',
    ],
    ['a session that works', state([session({ title: null, client: { pid: 7, status: 'busy' } })]), '76% · api-server'],
    [
      'pause and problems',
      state([session({ title: null })], { paused: true, problems: [problem('x'), problem('y')] }),
      '76% · api-server · paused · 2 problems',
    ],
  ])('tells %s', (_name, view, wanted) => {
    expect(trayView(view).tooltip).toBe(wanted);
  });

  test('has no line breaks, controls or direction marks of a session, and the length that Windows shows', () => {
    const { tooltip } = trayView(state([session({ project: 'a\n\u202Eb\u0007c', title: 'x'.repeat(500) })]));
    expect(tooltip).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(tooltip.length).toBeLessThanOrEqual(127);
    expect(tooltip).toContain('a b c');
  });
});

describe('the menu', () => {
  test('has every row in order, the sessions as the state has them', () => {
    const sessions = [
      session({ id: 'c', project: 'docs', title: null, percent: 12, client: { pid: 7, status: 'waiting' } }),
      session({ id: 'b', project: 'infra', title: null, percent: null, live: false }),
      session({ id: 'a', percent: 77.2, title: 'Fix it' }),
    ];
    expect(labels(trayView(state(sessions)).menu)).toEqual([
      'Show Context Watcher',
      '—',
      'docs · 12% · waits for you',
      'infra · no reading yet · idle',
      'api-server — Fix it · 77%',
      '—',
      'Export now',
      'Pause automatic exports',
      'Mute notices for 1 hour',
      '—',
      'Open exports folder',
      'Open log',
      '—',
      'About Context Watcher',
      'Quit Context Watcher',
    ]);
  });

  test('its first item always opens the popover', () => {
    for (const view of [state([]), state([session({})]), state([], { demo: true, mode: 'show-only' })]) {
      expect(trayView(view).menu[0]).toMatchObject({ kind: 'item', enabled: true, action: { kind: 'show' } });
    }
  });

  test('mutes notices, and lets them through again', () => {
    expect(row(state([]), 'Mute')).toMatchObject({ action: { kind: 'mute-notices', length: 'one-hour' } });
    const muted = state([session({})], { mute: { kind: 'lasting' } });
    expect(row(muted, 'Let notices')).toMatchObject({ action: { kind: 'mute-notices', length: null } });
    expect(trayView(muted).tooltip).toMatch(/ · notices muted$/);
  });
  test('resumes what is paused', () => {
    expect(row(state([], { paused: true }), 'Resume')).toMatchObject({ action: { kind: 'set-paused', paused: false } });
    expect(row(state([]), 'Pause')).toMatchObject({ action: { kind: 'set-paused', paused: true } });
  });

  test.each([
    ['no session', state([]), false],
    ['a live session', state([session({})]), true],
    ['idle sessions only', state([session({ live: false })]), false],
    ['another program exports', state([session({})], { mode: 'show-only' }), false],
  ])('Export now with %s', (_name, view, enabled) => {
    expect(row(view, 'Export now')).toMatchObject({ enabled });
  });

  test('stays short with hundreds of sessions', () => {
    const many = Array.from({ length: 300 }, (_, index) => session({ id: `${index}`, title: `Session ${index}` }));
    expect(trayView(state(many)).menu.length).toBeLessThan(40);
  });
});

test('a dismissed session is neither on the gauge nor in the menu', () => {
  const view = trayView(
    state([session({ percent: 90, dismissed: true, project: 'hidden' }), session({ percent: 20 })]),
  );
  expect(view.gauge.percent).toBe(20);
  expect(JSON.stringify(view.menu)).not.toContain('hidden');
});
