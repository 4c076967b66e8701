import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startTray } from '../../../src/main/electron/tray.js';
import { trayView } from '../../../src/main/views/tray-view.js';
import { blankState, someSession } from '../../support/blank-state.js';
import { fakeElectron, made, pretendPlatform } from '../../support/fake-electron.js';

vi.mock('electron', async () => (await import('../../support/fake-electron.js')).fakeElectron);
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const nothing = { x: 0, y: 0, width: 0, height: 0 };
const clicked = { x: 2600, y: 2, width: 24, height: 24 };

function start(platform: NodeJS.Platform) {
  pretendPlatform(platform);
  const onClick = vi.fn();
  const icon = startTray({ view: trayView(blankState), onClick, onAction: vi.fn() });
  onTestFinished(icon.stop);
  const tray = made.trays.at(-1);
  if (tray === undefined) throw new Error('No icon was made.');
  return { icon, tray, onClick };
}

describe.each(['darwin', 'win32', 'linux'] as const)('on %s', (platform) => {
  test('a left click opens, and both halves of a double click are one', () => {
    const { tray, onClick } = start(platform);
    tray.emit('click', {}, clicked);
    vi.advanceTimersByTime(200);
    tray.emit('click', {}, clicked);
    expect(onClick).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(400);
    tray.emit('click', {}, clicked);
    expect(onClick).toHaveBeenCalledTimes(2);
  });

  test('the click tells where the icon is, if the desktop does', () => {
    const { tray, icon, onClick } = start(platform);
    tray.emit('click', {}, clicked);
    expect(onClick).toHaveBeenLastCalledWith(clicked);
    vi.advanceTimersByTime(400);
    tray.emit('click', {}, nothing);
    expect(onClick).toHaveBeenLastCalledWith(null);
    expect(icon.bounds()).toBeNull();
    tray.getBounds.mockReturnValue({ ...clicked, x: 0 });
    expect(icon.bounds()).toEqual({ ...clicked, x: 0 });
  });

  test('an icon that is made anew for a late panel does all of it again', () => {
    const { tray, icon, onClick } = start(platform);
    icon.remake();
    const remade = made.trays.at(-1);
    expect(tray.destroy).toHaveBeenCalled();
    expect(remade).not.toBe(tray);
    remade?.emit('click', {}, clicked);
    expect(onClick).toHaveBeenCalledTimes(1);
    expect(remade?.setToolTip).toHaveBeenCalled();
  });

  test('nothing is left behind', () => {
    const { icon } = start(platform);
    icon.stop();
    expect(fakeElectron.nativeTheme.listenerCount('updated')).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

const label = 'api-server — Fix the flaky login tests · 76%';
const withSession = { ...blankState, sessions: [someSession] };

test.each(['darwin', 'win32'] as const)('%s: the menu opens at a right click, with what is so then', (platform) => {
  const { tray, icon } = start(platform);
  icon.update(trayView(withSession));
  tray.emit('right-click', {}, clicked);
  expect(JSON.stringify(tray.popUpContextMenu.mock.lastCall)).toContain(label);
  // A menu that is set would swallow the left click.
  expect(tray.setContextMenu).not.toHaveBeenCalled();
});

test('Linux: the panel, which knows no right click, gets the menu again after each change, and only then', () => {
  const { tray, icon } = start('linux');
  icon.update(trayView(withSession));
  tray.emit('right-click', {}, clicked);
  expect(tray.popUpContextMenu).not.toHaveBeenCalled();
  expect(JSON.stringify(tray.setContextMenu.mock.lastCall)).toContain(label);
  expect(tray.setContextMenu).toHaveBeenCalledTimes(2);
  icon.update(trayView({ ...withSession, revision: 9 }));
  expect(tray.setContextMenu).toHaveBeenCalledTimes(2);
});

test('only macOS keeps the place of an icon with a name; Windows ties it to a signed program', () => {
  const names = (['darwin', 'win32', 'linux'] as const).map((platform) => start(platform).tray.name);
  expect(names).toEqual([expect.stringMatching(/^[\da-f]{8}-/), undefined, undefined]);
});
