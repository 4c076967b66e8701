import { expect, test, vi } from 'vitest';
import type { EngineSource, ShellEngine } from '../../../src/main/electron/engine-source.js';
import { trayActions } from '../../../src/main/electron/tray-actions.js';
import type { AppState } from '../../../src/shared/app-state.js';
import { blankState } from '../../support/blank-state.js';

vi.mock('electron', async () => (await import('../../support/fake-electron.js')).fakeElectron);

function act(state: AppState, engine: Partial<ShellEngine>) {
  const spies = { showPopover: vi.fn(), showNotice: vi.fn(), quit: vi.fn() };
  const source = { state: () => state, current: () => engine as ShellEngine, subscribe: () => () => undefined };
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn(), close: vi.fn() };
  return { ...spies, act: trayActions({ engine: source satisfies EngineSource, log, ...spies }) };
}

test('a row of a session opens the popover there, the first row just opens it', () => {
  const tray = act(blankState, {});
  tray.act({ kind: 'show', sessionId: 's1' });
  tray.act({ kind: 'show', sessionId: null });
  expect(tray.showPopover.mock.calls).toEqual([['s1'], [null]]);
});

test('notices are muted, and let through again', () => {
  const muteNotices = vi.fn();
  const tray = act(blankState, { muteNotices });
  tray.act({ kind: 'mute-notices', length: 'one-hour' });
  tray.act({ kind: 'mute-notices', length: null });
  expect(muteNotices.mock.calls).toEqual([
    [null, 'one-hour'],
    [null, null],
  ]);
});

test('what the user has asked for is answered even while notices are muted', async () => {
  const exportNow = () => Promise.resolve({ kind: 'done' as const, outcomes: [] });
  const tray = act({ ...blankState, mute: { kind: 'lasting' } }, { exportNow });
  tray.act({ kind: 'export-now' });
  await vi.waitFor(() => expect(tray.showNotice).toHaveBeenCalled());
  expect(tray.showNotice).toHaveBeenCalledWith(
    expect.objectContaining({ title: 'Nothing New to Export', kind: null, sessionId: null, quiet: false }),
  );
});

test('what fails is told', async () => {
  const tray = act(blankState, { exportNow: () => Promise.reject(new Error('The disk is gone.')) });
  tray.act({ kind: 'export-now' });
  await vi.waitFor(() => expect(tray.showNotice).toHaveBeenCalled());
  expect(tray.showNotice).toHaveBeenCalledWith(
    expect.objectContaining({ title: 'Export Now Failed', body: 'The disk is gone.', silent: true }),
  );
});
