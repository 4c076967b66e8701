import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createPopover } from '../../../src/main/electron/popover.js';
import { fakeElectron, made, pretendPlatform, type FakeWindow } from '../../support/fake-electron.js';

vi.mock('electron', async () => (await import('../../support/fake-electron.js')).fakeElectron);
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const icon = { x: 1500, y: 4, width: 24, height: 24 };

function open(platform: NodeJS.Platform, presentation: 'popover' | 'window' = 'popover') {
  pretendPlatform(platform);
  const onShow = vi.fn();
  const popover = createPopover({
    session: {} as Electron.Session,
    preloadFile: '/preload.cjs',
    presentation: () => presentation,
    icon: () => ({}) as Electron.NativeImage,
    trayBounds: () => null,
    onShow,
    onFault: vi.fn(),
  });
  onTestFinished(popover.stop);
  popover.toggle(icon);
  const window = made.windows.at(-1) as FakeWindow;
  popover.setHeight(600);
  return { popover, window, onShow };
}

describe.each(['darwin', 'win32', 'linux'] as const)('on %s', (platform) => {
  test('it is shown once its page is drawn, under the icon that was clicked, with the focus', () => {
    const { window, onShow, popover } = open(platform);
    expect(onShow).toHaveBeenCalledTimes(1);
    expect(window.setBounds).toHaveBeenLastCalledWith({ x: 1302, y: 40, width: 420, height: 600 });
    expect(popover.hasFocus()).toBe(true);
    expect(window.setVisibleOnAllWorkspaces.mock.calls).toEqual(
      platform === 'darwin' ? [[true, { visibleOnFullScreen: true, skipTransformProcessType: true }]] : [],
    );
    popover.hide();
    popover.show();
    // Nobody clicked: in the corner.
    expect(window.setBounds).toHaveBeenLastCalledWith({ x: 1492, y: 40, width: 420, height: 600 });
    expect(window.setVisibleOnAllWorkspaces).toHaveBeenCalledTimes(platform === 'darwin' ? 2 : 0);
  });

  test('it hides when another window is used, a moment later, and not when the focus comes back', () => {
    const { window } = open(platform);
    vi.advanceTimersByTime(1_000);
    window.blur();
    window.focus();
    vi.advanceTimersByTime(200);
    expect(window.isVisible()).toBe(true);
    window.blur();
    vi.advanceTimersByTime(99);
    expect(window.isVisible()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(window.isVisible()).toBe(false);
  });

  test('a click on the icon while it is open hides it, whether the blur or the click comes first', () => {
    const { popover, window } = open(platform);
    vi.advanceTimersByTime(1_000);
    window.blur();
    vi.advanceTimersByTime(50);
    popover.toggle(icon);
    expect(window.isVisible()).toBe(false);

    vi.advanceTimersByTime(1_000);
    popover.toggle(icon);
    vi.advanceTimersByTime(1_000);
    window.blur();
    vi.advanceTimersByTime(150);
    popover.toggle(icon);
    expect(window.isVisible()).toBe(false);
    vi.advanceTimersByTime(300);
    popover.toggle(icon);
    expect(window.isVisible()).toBe(true);
  });

  test('a blur right after it was shown counts, but for Windows, which sends one by itself', () => {
    const { window } = open(platform);
    vi.advanceTimersByTime(50);
    window.blur();
    vi.advanceTimersByTime(200);
    expect(window.isVisible()).toBe(platform === 'win32');
    vi.advanceTimersByTime(300);
    window.blur();
    vi.advanceTimersByTime(200);
    expect(window.isVisible()).toBe(false);
  });

  test('closing hides it; its page goes some minutes later, and quitting ends it', () => {
    const { popover, window } = open(platform);
    window.close();
    vi.advanceTimersByTime(1);
    expect([window.isVisible(), window.isDestroyed()]).toEqual([false, false]);
    vi.advanceTimersByTime(5 * 60_000);
    expect(window.isDestroyed()).toBe(true);
    expect(popover.page()).toBeNull();
    popover.stop();
    expect(fakeElectron.screen.eventNames().flatMap((name) => fakeElectron.screen.listeners(name))).toHaveLength(0);
  });

  test('it is in neither Dock nor taskbar; a desktop without a tray gets a window that stays', () => {
    expect(open(platform).window.options).toMatchObject({ frame: false, skipTaskbar: true });
    const { window } = open(platform, 'window');
    expect(window.options).toMatchObject({ frame: true, skipTaskbar: false, minimizable: true });
    vi.advanceTimersByTime(1_000);
    window.blur();
    vi.advanceTimersByTime(1_000);
    expect(window.isVisible()).toBe(true);
  });

  test('kept open it stays in front when another window is used; the icon and the shortcut still hide it', () => {
    const { popover, window } = open(platform);
    popover.setKeepOpen(true);
    expect(window.setAlwaysOnTop.mock.lastCall?.[0]).toBe(true);
    vi.advanceTimersByTime(1_000);
    window.blur();
    vi.advanceTimersByTime(1_000);
    expect(window.isVisible()).toBe(true);
    // The shortcut brings it to the front first.
    popover.summon();
    expect(popover.hasFocus()).toBe(true);
    popover.summon();
    expect(window.isVisible()).toBe(false);
    vi.advanceTimersByTime(1_000);
    popover.toggle(icon);
    popover.toggle(icon);
    expect(window.isVisible()).toBe(false);
  });

  test('a native dialog of ours takes the focus for a while, and it is open with the focus after that', async () => {
    const { popover, window } = open(platform);
    vi.advanceTimersByTime(1_000);
    await popover.holdOpen(async () => {
      window.blur();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(window.isVisible()).toBe(true);
    });
    expect(popover.hasFocus()).toBe(true);
  });

  test('displays that change move it, and the icon of then is forgotten', () => {
    const { window } = open(platform);
    window.setBounds.mockClear();
    fakeElectron.screen.emit('display-metrics-changed');
    expect(window.setBounds).toHaveBeenLastCalledWith({ x: 1492, y: 40, width: 420, height: 600 });
    window.hide();
    window.setBounds.mockClear();
    fakeElectron.screen.emit('display-removed');
    expect(window.setBounds).not.toHaveBeenCalled();
  });
});
