import { describe, expect, test } from 'vitest';
import { trayView, type MenuItemModel } from '../../../src/main/views/tray-view.js';
import type { AppState } from '../../../src/shared/app-state.js';
import { aProblem as problem, aSession as session, aState as state, blankState } from '../../support/blank-state.js';

const labels = (menu: readonly MenuItemModel[]) => menu.map((row) => (row.kind === 'item' ? row.label : '—'));
const row = (view: AppState, label: string) =>
  trayView(view).menu.find((item) => item.kind === 'item' && item.label.startsWith(label));

describe('the tooltip', () => {
  test.each([
    ['nothing', state([]), 'Context Watcher · no live session'],
    ['a session', state([session({ percent: 66.4 })]), '66% · api-server — Fix the flaky login tests'],
    ['the first band of colour', state([session({ title: null })]), '76% · api-server · reached 75%'],
    ['the second', state([session({ title: null, percent: 97 })]), '97% · api-server · reached 95%'],
    [
      'no band of an old figure',
      state([session({ title: null, percent: 97, live: false })]),
      '97% · api-server · not live',
    ],
    [
      'other live sessions and an export',
      state([session({ id: 'a', title: null, percent: 40, exporting: true }), session({ id: 'b', percent: 10 })]),
      '40% · api-server · 1 more live · exporting',
    ],
    ['an estimate', state([session({ percent: 4, estimated: true })]), '~4% · api-server — Fix the flaky login tests'],
    ['an unread session', state([session({ percent: null, title: null })]), 'no reading yet · api-server'],
    [
      'a session that waits',
      state([session({ title: null, percent: 60, client: { pid: 7, status: 'waiting', waitingFor: null } })]),
      '60% · api-server · waits for you',
    ],
    [
      'what it waits for, made fit to be shown',
      state([
        session({ title: null, percent: 60, client: { pid: 7, status: 'waiting', waitingFor: 'input\nneeded' } }),
      ]),
      '60% · api-server · waits for you: input needed',
    ],
    [
      'a session that works',
      state([session({ title: null, percent: 60, client: { pid: 7, status: 'busy', waitingFor: null } })]),
      '60% · api-server',
    ],
    [
      'pause and problems',
      state([session({ title: null, percent: 60 })], { paused: true, problems: [problem('x'), problem('y')] }),
      '60% · api-server · paused · 2 problems',
    ],
  ])('tells %s', (_name, view, wanted) => {
    expect(trayView(view).tooltip).toBe(wanted);
  });

  test('keeps all that the gauge shows where the name is long', () => {
    const long = session({ id: 'a', project: 'p'.repeat(80), title: 't'.repeat(200), exporting: true });
    const { tooltip } = trayView(state([long, session({ id: 'b', percent: 3 })], { paused: true, demo: true }));
    expect(tooltip).toMatch(/^76% · p+.*… · reached 75% · 1 more live · exporting · demo · paused$/u);
    expect(tooltip.length).toBeLessThanOrEqual(127);
  });

  test('has no line breaks, controls or direction marks of a session, and the length that Windows shows', () => {
    const { tooltip } = trayView(state([session({ project: 'a\n\u202Eb\u0007c', title: 'x'.repeat(500) })]));
    expect(tooltip).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(tooltip.length).toBeLessThanOrEqual(127);
    expect(tooltip).toContain('a b c');
  });
});

describe('the title beside the icon', () => {
  const titled = { settings: { ...blankState.settings, gaugeTitle: true } };
  test.each([
    ['is the percent', [{ percent: 76.4 }], '76%'],
    ['says that it is an estimate', [{ percent: 4, estimated: true }], '~4%'],
    ['is a dash without a reading', [{ percent: null }], '–'],
    ['is a dash without a session', [], '–'],
  ] as const)('%s', (_name, sessions, wanted) => {
    expect(trayView(state(sessions.map(session), titled)).title).toBe(wanted);
    expect(trayView(state(sessions.map(session))).title).toBe('');
  });
});

test('style and colour are those of the settings', () => {
  const settings = { ...blankState.settings, gaugeStyle: 'number', gaugeColour: 'monochrome' } as const;
  expect(trayView(state([], { settings }))).toMatchObject({ style: 'number', colour: 'monochrome' });
});

describe('the menu', () => {
  test('has every row in order, the sessions as the state has them', () => {
    const sessions = [
      session({
        id: 'c',
        project: 'docs',
        title: null,
        percent: 12,
        client: { pid: 7, status: 'waiting', waitingFor: null },
      }),
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
