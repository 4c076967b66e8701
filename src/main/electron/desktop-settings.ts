import type { AppState } from '../../shared/app-state.js';
import type { Settings, SettingsFault, SettingsPatch } from '../../shared/settings.js';
import { serialRunner } from '../archive/serial-runner.js';
import type { EngineSource } from './engine-source.js';
import type { LoginOutcome } from './login-outcome.js';
import type { ShellProblems } from './shell-problems.js';
import type { Shortcut } from './shortcut.js';

/** The settings that the desktop has to agree to. */
export interface DesktopSettings {
  /** Changes settings as the engine does, and first what the desktop has to do for them; where it refuses, nothing is changed. */
  readonly update: (patch: SettingsPatch) => Promise<{ readonly faults: readonly SettingsFault[] }>;
  /** Brings the desktop up to a state: cheap where nothing of it has changed. */
  readonly follow: (state: AppState) => void;
}

type Undo = () => void | Promise<void>;
type Wish = (patch: SettingsPatch, before: Settings) => Promise<SettingsFault | Undo | null>;

/** Keeps theme, pinned popover, shortcut and start at login as the settings say. A demo's settings leave shortcut and login alone. */
export function keepDesktopSettings(options: {
  readonly engine: EngineSource;
  readonly problems: ShellProblems;
  readonly shortcut: Shortcut;
  readonly setTheme: (theme: Settings['theme']) => void;
  readonly setKeepOpen: (keepOpen: boolean) => void;
  readonly setLogin: (isOn: boolean) => Promise<LoginOutcome>;
}): DesktopSettings {
  const { engine, problems, shortcut, setTheme, setKeepOpen, setLogin } = options;
  const serially = serialRunner();
  let theme: Settings['theme'] = 'system';
  let keepOpen = false;
  let triedShortcut: string | null = null;
  let isLoginChecked = false;

  const wishForShortcut: Wish = async ({ globalShortcut }) => {
    if (globalShortcut === undefined) return null;
    const before = shortcut.current();
    const fault = shortcut.take(globalShortcut);
    if (fault !== null) return fault;
    triedShortcut = globalShortcut;
    problems.clear('shortcut-taken');
    return () => void shortcut.take(before);
  };

  async function askForLogin(isOn: boolean): Promise<SettingsFault | null> {
    try {
      const outcome = await setLogin(isOn);
      if (outcome.kind === 'waits') problems.set({ code: 'login-waits', ...outcome });
      else problems.clear('login-waits');
      if (outcome.kind !== 'refused') return null;
      return { field: 'launchAtLogin', message: outcome.message, mend: outcome.mend };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { field: 'launchAtLogin', message: `The start at login could not be set: ${message}`, mend: '' };
    }
  }

  const wishForLogin: Wish = async ({ launchAtLogin }, before) => {
    if (launchAtLogin === undefined) return null;
    const fault = await askForLogin(launchAtLogin);
    if (fault !== null) return fault;
    problems.clear('login-off');
    return async () => void (await askForLogin(before.launchAtLogin));
  };

  async function updateWithDesktop(patch: SettingsPatch): Promise<{ readonly faults: readonly SettingsFault[] }> {
    const { settings, demo } = engine.state();
    if (demo) return { faults: [demoFault(patch)] };
    const undos: Undo[] = [];
    const undo = async (faults: readonly SettingsFault[]) => {
      for (const step of undos.toReversed()) await step();
      return { faults };
    };
    for (const wish of [wishForShortcut, wishForLogin]) {
      const answer = await wish(patch, settings);
      if (typeof answer === 'function') undos.push(answer);
      else if (answer !== null) return undo([answer]);
    }
    const { faults } = engine.current().updateSettings(patch);
    return faults.length === 0 ? { faults } : undo(faults);
  }

  function followShortcut(wanted: string | null): void {
    if (wanted === triedShortcut) return;
    triedShortcut = wanted;
    const fault = shortcut.take(wanted);
    if (fault === null) problems.clear('shortcut-taken');
    else problems.set({ code: 'shortcut-taken', message: fault.message, mend: fault.mend });
  }

  /** Once, after the start: the app may lie elsewhere by now, and the user may have switched it off in the system. */
  function checkLogin(isOn: boolean): void {
    if (isLoginChecked) return;
    isLoginChecked = true;
    if (!isOn) return;
    void serially(async () => {
      const fault = await askForLogin(true);
      if (fault !== null) problems.set({ code: 'login-off', message: fault.message, mend: fault.mend });
    });
  }

  return {
    async update(patch) {
      const needsDesktop = patch.globalShortcut !== undefined || patch.launchAtLogin !== undefined;
      return needsDesktop ? serially(() => updateWithDesktop(patch)) : engine.current().updateSettings(patch);
    },
    follow({ settings, demo }) {
      if (settings.theme !== theme) setTheme((theme = settings.theme));
      if (settings.keepOpen !== keepOpen) setKeepOpen((keepOpen = settings.keepOpen));
      if (demo) return;
      followShortcut(settings.globalShortcut);
      checkLogin(settings.launchAtLogin);
    },
  };
}

function demoFault(patch: SettingsPatch): SettingsFault {
  return {
    field: patch.globalShortcut === undefined ? 'launchAtLogin' : 'globalShortcut',
    message: 'The demo leaves your desktop as it is.',
    mend: 'Leave the demo to change this.',
  };
}
