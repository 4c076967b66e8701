import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTray } from '../../../src/main/electron/tray.js';
import { trayView, type TrayView } from '../../../src/main/views/tray-view.js';
import type { AppState, SessionState } from '../../../src/shared/app-state.js';
import { blankState, someSession } from '../../support/blank-state.js';

/** Stands in for Electron: what the tray was told, in order, and the theme of the taskbar. */
const electron = vi.hoisted(() => {
  const told: (readonly [what: string, ...values: unknown[]])[] = [];
  const themeListeners = new Set<() => void>();
  return { told, themeListeners, theme: { shouldUseDarkColors: true, shouldUseDarkColorsForSystemIntegratedUI: true } };
});

vi.mock('electron', () => {
  class Tray {
    constructor(image: unknown) {
      electron.told.push(['make', image]);
    }
    setImage = (image: unknown) => void electron.told.push(['image', image]);
    setTitle = (...title: unknown[]) => void electron.told.push(['title', ...title]);
    setToolTip = (tooltip: unknown) => void electron.told.push(['tooltip', tooltip]);
    setContextMenu = () => void electron.told.push(['menu']);
    setIgnoreDoubleClickEvents = () => undefined;
    on = () => undefined;
    getBounds = () => ({ x: 0, y: 0, width: 0, height: 0 });
    destroy = () => undefined;
  }
  const createEmpty = () => {
    const made = { sizes: [] as number[], isTemplate: false };
    return {
      made,
      addRepresentation: ({ width }: { readonly width: number }) => made.sizes.push(width),
      setTemplateImage: (isTemplate: boolean) => (made.isTemplate = isTemplate),
    };
  };
  return {
    Tray,
    nativeImage: { createEmpty },
    nativeTheme: Object.assign(electron.theme, {
      on: (_name: string, listener: () => void) => electron.themeListeners.add(listener),
      off: (_name: string, listener: () => void) => electron.themeListeners.delete(listener),
    }),
    Menu: { buildFromTemplate: (rows: unknown) => rows },
  };
});

const view = (session: Partial<SessionState>, settings: Partial<AppState['settings']> = {}): TrayView =>
  trayView({
    ...blankState,
    settings: { ...blankState.settings, ...settings },
    sessions: [{ ...someSession, ...session }],
  });
const toldOf = (what: string) => electron.told.filter(([name]) => name === what);

function start(platform: NodeJS.Platform, first: TrayView) {
  const tray = startTray({ view: first, onClick: () => undefined, onAction: () => undefined, platform });
  return {
    ...tray,
    update: (next: TrayView): void => {
      tray.update(next);
      vi.advanceTimersByTime(1_000);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  electron.told.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each(['linux', 'win32', 'darwin'] as const)('on %s', (platform) => {
  test('a state that looks the same is not sent again, whatever else changes in it', () => {
    const tray = start(platform, view({ percent: 40 }));
    for (let round = 0; round < 20; round++) tray.update(view({ percent: 40, transcriptBytes: round }));
    expect(toldOf('make')).toHaveLength(1);
    expect(toldOf('image')).toHaveLength(0);
    expect(toldOf('tooltip')).toHaveLength(1);

    tray.update(view({ percent: 41 }));
    expect(toldOf('image')).toHaveLength(1);
    expect(toldOf('tooltip')).toHaveLength(2);
    tray.stop();
  });

  test('of many changes in one moment the first and the last are drawn', () => {
    const tray = startTray({
      view: view({ percent: 10 }),
      onClick: () => undefined,
      onAction: () => undefined,
      platform,
    });
    vi.advanceTimersByTime(1_000);
    for (let percent = 11; percent <= 60; percent++) tray.update(view({ percent }));
    vi.advanceTimersByTime(1_000);
    expect(toldOf('image')).toHaveLength(2);
    tray.stop();
  });
});

test('on macOS the image is a template, and in colour it is none', () => {
  const tray = start('darwin', view({}));
  tray.update(view({}, { gaugeColour: 'colour' }));
  expect(toldOf('make')).toMatchObject([['make', { made: { sizes: [18, 36, 54], isTemplate: true } }]]);
  expect(toldOf('image')).toMatchObject([['image', { made: { sizes: [18, 36, 54], isTemplate: false } }]]);
  tray.stop();
});

test('on macOS the percentage stands beside it if that is wanted, in digits of one width', () => {
  const tray = start('darwin', view({ percent: 76 }));
  tray.update(view({ percent: 76 }, { gaugeTitle: true }));
  tray.update(view({ percent: 76.2 }, { gaugeTitle: true }));
  tray.update(view({ percent: 77 }, { gaugeTitle: true }));
  tray.update(view({ percent: 77 }));
  expect(toldOf('title')).toEqual(['76%', '77%', ''].map((title) => ['title', title, { fontType: 'monospacedDigit' }]));
  tray.stop();
});

test('elsewhere there is no text beside it', () => {
  for (const platform of ['linux', 'win32'] as const)
    start(platform, view({ percent: 76 }, { gaugeTitle: true })).stop();
  expect(toldOf('title')).toEqual([]);
});

test("on Windows it is drawn anew when the taskbar's theme changes, not when only the apps' does", () => {
  const tray = start('win32', view({}));
  vi.advanceTimersByTime(1_000);
  electron.theme.shouldUseDarkColors = false;
  electron.themeListeners.forEach((listener) => listener());
  vi.advanceTimersByTime(1_000);
  expect(toldOf('image')).toHaveLength(0);
  electron.theme.shouldUseDarkColorsForSystemIntegratedUI = false;
  electron.themeListeners.forEach((listener) => listener());
  vi.advanceTimersByTime(1_000);
  expect(toldOf('image')).toHaveLength(1);
  tray.stop();
  expect(electron.themeListeners.size).toBe(0);
});

test('an icon that is made again starts with the image that was shown', () => {
  const tray = start('linux', view({ percent: 40 }));
  tray.update(view({ percent: 50 }));
  tray.remake();
  vi.advanceTimersByTime(1_000);
  const [shown] = toldOf('image');
  expect(toldOf('make').at(-1)?.[1]).toBe(shown?.[1]);
  expect(toldOf('image')).toHaveLength(1);
  expect(toldOf('tooltip').at(-1)).toEqual(['tooltip', view({ percent: 50 }).tooltip]);
  tray.stop();
});
