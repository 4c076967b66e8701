import type { SettingsFault } from '../../shared/settings.js';

/** The desktop's own listener for key combinations: Electron's `globalShortcut`. */
export interface ShortcutDesktop {
  /** False where another program has it. Throws where it is no combination. */
  readonly register: (accelerator: string, onPress: () => void) => boolean;
  readonly unregister: (accelerator: string) => void;
}

/** The one key combination that opens the popover. */
export interface Shortcut {
  /** The combination that is listened for. */
  readonly current: () => string | null;
  /** Listens for another one, or none; where that is refused, the one before stays, and the fault says why. */
  readonly take: (accelerator: string | null) => SettingsFault | null;
  readonly stop: () => void;
}

/** Listens for nothing until `take`. */
export function keepShortcut(desktop: ShortcutDesktop, onPress: () => void): Shortcut {
  let current: string | null = null;
  const drop = (): void => {
    if (current !== null) desktop.unregister(current);
    current = null;
  };
  return {
    current: () => current,
    take(accelerator) {
      if (accelerator === current) return null;
      if (accelerator !== null) {
        const fault = registerOrSay(desktop, accelerator, onPress);
        if (fault !== null) return fault;
      }
      drop();
      current = accelerator;
      return null;
    },
    stop: drop,
  };
}

function registerOrSay(desktop: ShortcutDesktop, accelerator: string, onPress: () => void): SettingsFault | null {
  try {
    if (desktop.register(accelerator, onPress)) return null;
  } catch {
    return {
      field: 'globalShortcut',
      message: `${accelerator} is no key combination.`,
      mend: 'Press another one, with Ctrl, Alt or ⌘ in it.',
    };
  }
  return {
    field: 'globalShortcut',
    message: `${accelerator} can't be used: another program or the desktop has it.`,
    mend: 'Press another combination, or free this one there.',
  };
}
