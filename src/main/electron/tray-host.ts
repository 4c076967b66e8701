import type { ShellProblems } from './shell-problems.js';

/** Follows whether the desktop shows tray icons. */
export interface TrayHost {
  /** Takes what the desktop tells now. */
  readonly take: (present: boolean) => void;
  /** False once it is known that nobody shows the icon. */
  readonly present: () => boolean;
  readonly stop: () => void;
}

/** A panel may come up after us at login; only then is a window opened in the icon's place. */
const patienceMilliseconds = 5000;

/**
 * Starts to follow the tray host: one that comes up late gets the icon anew (`onAppear`); where none comes up at all, a
 * problem line says so and `onMissing` is called once.
 */
export function followTrayHost(options: {
  readonly problems: ShellProblems;
  readonly onAppear: () => void;
  readonly onMissing: () => void;
}): TrayHost {
  const { problems, onAppear, onMissing } = options;
  let present: boolean | null = null;
  let timer: NodeJS.Timeout | undefined;
  const miss = (): void => {
    if (present !== false) return;
    problems.set({
      code: 'tray-host-missing',
      message: 'No panel of this desktop shows tray icons, so the gauge is shown in a window.',
      mend: 'On GNOME install the AppIndicator extension. Starting Context Watcher again brings a closed window back.',
    });
    onMissing();
  };
  return {
    take: (next) => {
      const before = present;
      present = next;
      if (next) {
        clearTimeout(timer);
        if (before === false) onAppear();
        problems.clear('tray-host-missing');
      } else if (before === null) {
        timer = setTimeout(miss, patienceMilliseconds);
      }
    },
    present: () => present !== false,
    stop: () => clearTimeout(timer),
  };
}
