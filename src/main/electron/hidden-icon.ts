import type { Rectangle } from 'electron';
import type { ShellProblems } from './shell-problems.js';

/** Follows whether macOS gives the icon a place in the menu bar; on the other systems it does nothing. */
export interface HiddenIcon {
  /** Looks again, such as when the popover is shown. */
  readonly look: () => void;
  readonly stop: () => void;
}

/** The menu bar takes an icon up within moments. */
const patienceMilliseconds = 5_000;

/** Says in a problem that the icon has no place, as macOS does it without a word (from 26 on by a switch of its own), and takes that back. */
export function followHiddenIcon(options: {
  readonly bounds: () => Rectangle | null;
  readonly problems: Pick<ShellProblems, 'set' | 'clear'>;
}): HiddenIcon {
  const { bounds, problems } = options;
  if (process.platform !== 'darwin') return { look: () => undefined, stop: () => undefined };
  let isLate = false;
  const look = (): void => {
    if (!isLate) return;
    if (bounds() !== null) return problems.clear('tray-icon-hidden');
    problems.set({
      code: 'tray-icon-hidden',
      message: 'macOS gives the icon no place in the menu bar.',
      mend: 'Allow Context Watcher in the system settings under Menu Bar, or make room there. Starting it again opens this window.',
    });
  };
  const timer = setTimeout(() => {
    isLate = true;
    look();
  }, patienceMilliseconds);
  return { look, stop: () => clearTimeout(timer) };
}
