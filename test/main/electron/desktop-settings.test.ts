import { describe, expect, it } from 'vitest';
import { keepDesktopSettings } from '../../../src/main/electron/desktop-settings.js';
import type { EngineSource, ShellEngine } from '../../../src/main/electron/engine-source.js';
import type { LoginOutcome } from '../../../src/main/electron/login-outcome.js';
import { keepShortcut } from '../../../src/main/electron/shortcut.js';
import { applyPatch } from '../../../src/main/settings/apply-patch.js';
import type { AppState } from '../../../src/shared/app-state.js';
import type { Settings } from '../../../src/shared/settings.js';
import { blankState } from '../../support/blank-state.js';

/** An engine that only keeps settings, and a desktop that writes down what is asked of it. */
function scene(options: { settings?: Partial<Settings>; demo?: boolean; taken?: string; login?: LoginOutcome } = {}) {
  let state: AppState = {
    ...blankState,
    demo: options.demo ?? false,
    settings: { ...blankState.settings, ...options.settings },
  };
  const calls: string[] = [];
  const held = new Set<string>();
  const problems = new Map<string, string>();
  const engine: Pick<ShellEngine, 'updateSettings'> = {
    updateSettings(patch) {
      const { settings, faults } = applyPatch(state.settings, patch);
      state = { ...state, settings };
      return { faults };
    },
  };
  const source: EngineSource = {
    current: () => engine as ShellEngine,
    state: () => state,
    subscribe: () => () => undefined,
  };
  const shortcut = keepShortcut(
    {
      register(accelerator) {
        if (accelerator === options.taken) return false;
        held.add(accelerator);
        return true;
      },
      unregister: (accelerator) => void held.delete(accelerator),
    },
    () => undefined,
  );
  const desktop = keepDesktopSettings({
    engine: source,
    problems: {
      set: ({ code, message }) => void problems.set(code, message),
      clear: (code) => void problems.delete(code),
      carryOver: () => undefined,
    },
    shortcut,
    setTheme: (theme) => calls.push(`theme ${theme}`),
    setKeepOpen: (keepOpen) => calls.push(`keep open ${keepOpen}`),
    async setLogin(isOn) {
      calls.push(`login ${isOn}`);
      return options.login ?? { kind: 'set' };
    },
  });
  return { desktop, calls, held, problems, settings: () => state.settings, follow: () => desktop.follow(state) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the settings that the desktop has to agree to', () => {
  it('are followed only where they changed', async () => {
    const { desktop, calls, follow } = scene();
    follow();
    await desktop.update({ theme: 'dark', keepOpen: true });
    for (let at = 0; at < 3; at += 1) follow();
    await desktop.update({ theme: 'system' });
    follow();
    expect(calls).toEqual(['theme dark', 'keep open true', 'theme system']);
  });

  it('take a shortcut that the desktop takes', async () => {
    const { desktop, held, settings } = scene();
    expect(await desktop.update({ globalShortcut: 'CommandOrControl+U' })).toEqual({ faults: [] });
    expect([...held]).toEqual(['CommandOrControl+U']);
    expect(settings().globalShortcut).toBe('CommandOrControl+U');
  });

  it('keep the shortcut before where the desktop refuses the new one', async () => {
    const { desktop, held, settings, follow } = scene({ taken: 'CommandOrControl+T' });
    await desktop.update({ globalShortcut: 'CommandOrControl+U' });
    const { faults } = await desktop.update({ globalShortcut: 'CommandOrControl+T', cooldownMinutes: 3 });
    expect(faults.map(({ field }) => field)).toEqual(['globalShortcut']);
    follow();
    expect([...held]).toEqual(['CommandOrControl+U']);
    expect(settings()).toMatchObject({ globalShortcut: 'CommandOrControl+U', cooldownMinutes: 10 });
  });

  it('take back what the desktop did where the engine refuses the rest', async () => {
    const { desktop, held, calls, follow } = scene({ settings: { globalShortcut: 'CommandOrControl+U' } });
    follow();
    const patch = { globalShortcut: 'CommandOrControl+V', launchAtLogin: true, cooldownMinutes: -1 };
    const { faults } = await desktop.update(patch);
    expect(faults.map(({ field }) => field)).toEqual(['cooldownMinutes']);
    expect([...held]).toEqual(['CommandOrControl+U']);
    expect(calls).toEqual(['login true', 'login false']);
  });

  it('say once what a stored shortcut meets at the start, and no more once another works', async () => {
    const { desktop, problems, follow } = scene({
      settings: { globalShortcut: 'CommandOrControl+T' },
      taken: 'CommandOrControl+T',
    });
    follow();
    follow();
    expect([...problems.keys()]).toEqual(['shortcut-taken']);
    await desktop.update({ globalShortcut: null });
    expect([...problems.keys()]).toEqual([]);
  });

  it('look after a start at login once, and only where it is wished for', async () => {
    const without = scene();
    without.follow();
    const refused = { kind: 'refused', message: 'Switched off.', mend: 'Switch it on.' } as const;
    const asked = scene({ settings: { launchAtLogin: true }, login: refused });
    asked.follow();
    asked.follow();
    await settled();
    expect(without.calls).toEqual([]);
    expect(asked.calls).toEqual(['login true']);
    expect([...asked.problems]).toEqual([['login-off', 'Switched off.']]);
  });

  it.each([
    [{ kind: 'refused', message: 'No.', mend: 'Mend.' } as const, false, ['launchAtLogin'], []],
    [{ kind: 'waits', message: 'Allow it.', mend: 'There.' } as const, true, [], ['login-waits']],
  ])('take or leave a start at login as the system has it: %j', async (login, isOn, fields, codes) => {
    const { desktop, settings, problems } = scene({ login });
    const { faults } = await desktop.update({ launchAtLogin: true });
    expect(faults.map(({ field }) => field)).toEqual(fields);
    expect(settings().launchAtLogin).toBe(isOn);
    expect([...problems.keys()]).toEqual(codes);
  });

  it('leave the desktop alone in a demo, and say so', async () => {
    const { desktop, calls, held, follow } = scene({
      demo: true,
      settings: { launchAtLogin: true, globalShortcut: 'CommandOrControl+U' },
    });
    follow();
    const { faults } = await desktop.update({ launchAtLogin: false });
    expect(faults.map(({ field }) => field)).toEqual(['launchAtLogin']);
    expect([calls, [...held]]).toEqual([[], []]);
  });
});
