import { globalShortcut, nativeTheme } from 'electron';
import { keepDesktopSettings, type DesktopSettings } from './desktop-settings.js';
import type { EngineSource } from './engine-source.js';
import type { Popover } from './popover.js';
import type { ShellProblems } from './shell-problems.js';
import { keepShortcut } from './shortcut.js';

/** Keeps Electron's theme, the popover, the shortcut and the start at login as the settings say, from now on. Call it once Electron is ready. */
export function startDesktopSettings(options: {
  readonly engine: EngineSource;
  readonly problems: ShellProblems;
  readonly popover: Pick<Popover, 'summon' | 'setKeepOpen'>;
  /** What the app is started with when it starts at login. */
  readonly loginArguments: readonly string[];
}): DesktopSettings & { readonly stop: () => void } {
  const { engine, problems, popover, loginArguments } = options;
  const shortcut = keepShortcut(globalShortcut, popover.summon);
  const settings = keepDesktopSettings({
    engine,
    problems,
    shortcut,
    setTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
    setKeepOpen: popover.setKeepOpen,
    async setLogin(isOn) {
      const { setLoginItem } = await import('./login-item.js');
      return setLoginItem(isOn, loginArguments);
    },
  });
  settings.follow(engine.state());
  return { ...settings, stop: shortcut.stop };
}
