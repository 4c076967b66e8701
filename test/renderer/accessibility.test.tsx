import axe from 'axe-core';
import { fireEvent, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { AppState } from '../../src/shared/app-state.js';
import { renderPopover } from './render-popover.js';
import { openGroup } from './settings-scene.js';
import {
  compactedSession,
  idleSession,
  sampleCompaction,
  sampleExport,
  sampleHistory,
  sampleLine,
  samplePending,
  sampleProblem,
  sampleSession,
  sampleState,
  unreadSession,
  waitingSession,
} from './sample-state.js';

const states: readonly (readonly [string, AppState])[] = [
  [
    'several sessions',
    sampleState({ sessions: [sampleSession(), compactedSession(), unreadSession(), idleSession()] }),
  ],
  [
    'waiting, with line and forecast, partly read, with bad lines and a threshold out of reach',
    sampleState({
      sessions: [
        waitingSession(),
        sampleSession({ id: 'b', complete: false, compactions: null, unexportedMessages: null, badLines: 2 }),
        sampleSession({ id: 'c', compactionLine: sampleLine({ percent: 70 }) }),
      ],
    }),
  ],
  ['nothing known', sampleState({ sessions: [unreadSession()] })],
  ['none live', sampleState({ sessions: [idleSession()] })],
  ['no session', sampleState({ sessions: [] })],
  ['first run', sampleState({ firstRun: true, sessions: [] })],
  ['demo', sampleState({ demo: true })],
  ['paused, held by flags', sampleState({ paused: true, heldByFlag: ['thresholdPercent', 'pollIntervalSeconds'] })],
  ['show only', sampleState({ mode: 'show-only' })],
  [
    'problems and folders in trouble',
    sampleState({
      problems: [
        sampleProblem(),
        sampleProblem({ code: 'b' }),
        sampleProblem({ code: 'c' }),
        sampleProblem({ code: 'notifications-unavailable' }),
      ],
      roots: [
        { path: '/a', source: 'usual', state: 'missing', sessionFiles: null },
        { path: '/b', source: 'settings', state: 'unreadable', sessionFiles: null },
        { path: '/c', source: 'flag', state: 'slow', sessionFiles: 2 },
      ],
    }),
  ],
  [
    'pending exports',
    sampleState({
      pendingExports: [samplePending(), samplePending({ name: 'b', state: 'failed', attempts: 2, problem: 'No.' })],
      setAside: [{ name: 'c.jsonl', bytes: 7, isUnfinished: false }],
    }),
  ],
  [
    'dismissed, muted, with curve, own threshold and recent exports',
    sampleState({
      mute: { kind: 'lasting' },
      recent: [sampleExport(), sampleCompaction()],
      sessions: [
        sampleSession({ mute: { kind: 'lasting' }, history: sampleHistory }),
        sampleSession({ id: 'b', exportBand: { from: 60, to: 95, isOwn: true } }),
        idleSession({ dismissed: true }),
      ],
    }),
  ],
  ['exporting', sampleState({ sessions: [sampleSession({ exporting: true })] })],
];
const cases = states.flatMap(([name, state]) =>
  (['Sessions', 'Archive', 'Settings'] as const).map((place) => [name, place, state] as const),
);

test.each(cases)('axe finds nothing: %s, %s', async (_, place, state) => {
  await renderPopover(state);
  fireEvent.click(screen.getByRole('button', { name: place }));
  expect(await faultsFound()).toEqual([]);
});

const groups = ['Exports', 'Notices', 'Gauge', 'App', 'Folders', 'Context windows', 'Scripts', 'Files'] as const;
const changed = sampleState({
  paused: true,
  heldByFlag: ['thresholdPercent', 'pollIntervalSeconds', 'extraRoots', 'contextStorage'],
  sessions: [sampleSession({ compactionLine: sampleLine({ percent: 70 }) })],
  scripts: { exporter: 'offered', extractor: 'on' },
  roots: [
    { path: '/a', source: 'settings', state: 'missing', sessionFiles: null },
    { path: '/b', source: 'flag', state: 'slow', sessionFiles: 2 },
  ],
  settings: {
    ...sampleState().settings,
    thresholdPercent: 80,
    warnPercent: 60,
    cooldownMinutes: 3,
    archiveReminderGigabytes: 5,
    noticeSound: false,
    noticesOff: ['compacted'],
    quietHours: { from: '22:00', to: '07:00' },
    gaugeStyle: 'bar',
    theme: 'dark',
    globalShortcut: 'CommandOrControl+Shift+U',
    extraRoots: ['/a', '/c'],
    windowTokensByModel: { 'claude-opus-4-6': 200_000 },
    windowTokensBySession: { 'a-session': 200_000 },
    commandAfterExport: ['cp', '{file}'],
  },
});
const groupCases = groups.flatMap((group) => [
  [group, 'as shipped', sampleState()] as const,
  [group, 'changed and held by flags', changed] as const,
]);

test.each(groupCases)('axe finds nothing in the settings: %s, %s', async (group, _, state) => {
  await renderPopover(state);
  openGroup(group);
  expect(await faultsFound()).toEqual([]);
});

test('axe finds nothing where a setting was refused, a shortcut is awaited and a menu is open', async () => {
  const { api } = await renderPopover(changed);
  api.updateSettings.mockResolvedValue({
    ok: true,
    value: { faults: [{ field: 'keepOpen', message: 'No.', mend: 'Mend it.' }] },
  });
  openGroup('App');
  fireEvent.click(screen.getByRole('switch', { name: 'Keep this window open' }));
  await screen.findByText('No. Mend it.');
  fireEvent.click(screen.getByRole('button', { name: /^Shortcut/ }));
  expect(await faultsFound()).toEqual([]);
  openGroup('Context windows');
  fireEvent.keyDown(screen.getByRole('button', { name: 'Add a model' }), { key: 'Enter' });
  await screen.findByRole('menu');
  expect(await faultsFound()).toEqual([]);
});

test.each(groups)('everything in the settings is reached by Tab, a choice by its arrows: %s', async (group) => {
  await renderPopover(changed);
  openGroup(group);
  const controls = [...document.querySelectorAll<HTMLElement>('.group :is(button, input, [tabindex])')];
  // A radio group is one stop, which hands the focus to what is chosen in it.
  const stops = controls.filter((control) => control.getAttribute('role') !== 'radio');
  expect(stops.filter(({ tabIndex }) => tabIndex !== 0)).toEqual([]);
  expect(controls.filter((control) => control.getAttribute('aria-label') === '' && control.textContent === '')).toEqual(
    [],
  );
});

test('axe finds nothing in a menu, in the editor of an own threshold, and among dismissed sessions', async () => {
  const user = userEvent.setup();
  await renderPopover(sampleState({ sessions: [sampleSession(), idleSession({ dismissed: true })] }));
  await user.click(screen.getByRole('button', { name: 'Show: Dismissed sessions' }));
  const [more] = screen.getAllByRole('button', { name: /^More: api-server/ });
  await user.click(more as HTMLElement);
  expect(await faultsFound()).toEqual([]);
  await user.click(screen.getByRole('menuitem', { name: /^Own threshold/ }));
  expect(screen.getByRole('spinbutton', { name: /of this session/ })).toBe(document.activeElement);
  expect(await faultsFound()).toEqual([]);
});

async function faultsFound(): Promise<readonly string[]> {
  // jsdom draws nothing: contrast is computed from the tokens in a test of its own, and icon fonts can't be told by their pixels.
  const found = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, 'label-content-name-mismatch': { enabled: false } },
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('everything that can be done is reached by Tab, in the order of the page', async () => {
  await renderPopover(
    sampleState({
      paused: true,
      sessions: [sampleSession(), idleSession()],
      pendingExports: [samplePending({ state: 'failed' })],
    }),
  );
  const focusable = [...document.querySelectorAll<HTMLElement>('button, input, [tabindex]')];
  expect(focusable.every(({ tabIndex }) => tabIndex === 0)).toBe(true);
  expect(focusable.map((element) => element.getAttribute('aria-label') ?? element.textContent)).toEqual([
    'Export now',
    'Open transcript: api-server, Fix the flaky auth tests',
    'More: api-server, Fix the flaky auth tests',
    'Notices of all sessions',
    'Export now: api-server, Fix the flaky auth tests',
    'More: api-server, Fix the flaky auth tests',
    'Export now: notes, Summarise the meeting',
    'More: notes, Summarise the meeting',
    'Retry now',
    'Try a-pending-export.jsonl again',
    'Open a-pending-export.jsonl',
    'Show a-pending-export.jsonl in its folder',
    'Set a-pending-export.jsonl aside',
    'Resume',
    'Export threshold in percent',
    'Export maximum in percent',
    'Export threshold',
    'Export maximum',
    'Cooldown in minutes',
    'Cooldown',
    'Sessions',
    'Archive',
    'Settings',
    'Open exports folder',
    'Open log',
  ]);
});
