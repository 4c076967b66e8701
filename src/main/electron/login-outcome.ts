/** What the system made of the wish to start the app at login; `waits`: it is taken, and the user has to allow it. */
export type LoginOutcome =
  | { readonly kind: 'set' }
  | { readonly kind: 'waits'; readonly message: string; readonly mend: string }
  | { readonly kind: 'refused'; readonly message: string; readonly mend: string };

/** What macOS or Windows says of the login item when it is read back. */
export interface LoginItemFacts {
  readonly openAtLogin: boolean;
  /** macOS: `not-registered`, `enabled`, `requires-approval` or `not-found`. */
  readonly status?: string;
  /** Windows: whether its entry is not switched off in the task manager. */
  readonly executableWillLaunchAtLogin?: boolean;
}

/** Compares what was wished for with what the system says now. */
export function loginOutcome(platform: NodeJS.Platform, isOn: boolean, facts: LoginItemFacts): LoginOutcome {
  if (!isOn) {
    if (!facts.openAtLogin) return { kind: 'set' };
    return {
      kind: 'refused',
      message: 'The system still starts the app at login.',
      mend: endThere[systemOf(platform)],
    };
  }
  if (platform === 'darwin' && facts.status === 'requires-approval') {
    return { kind: 'waits', message: 'macOS waits for you to allow the start at login.', mend: allowThere.darwin };
  }
  if (platform === 'win32' && facts.openAtLogin && facts.executableWillLaunchAtLogin === false) {
    return { kind: 'waits', message: 'Windows has the start at login switched off.', mend: allowThere.win32 };
  }
  if (facts.openAtLogin) return { kind: 'set' };
  return {
    kind: 'refused',
    message: 'The system did not take it. It may refuse apps that are not signed.',
    mend: `Add Context Watcher yourself. ${allowThere[systemOf(platform)]}`,
  };
}

const allowThere = {
  darwin: 'Open System Settings, General, Login Items.',
  win32: 'Open the Task Manager, Startup apps.',
} as const;
const endThere = {
  darwin: 'Remove it in System Settings, General, Login Items.',
  win32: 'Switch it off in the Task Manager, Startup apps.',
} as const;

function systemOf(platform: NodeJS.Platform): 'darwin' | 'win32' {
  return platform === 'darwin' ? 'darwin' : 'win32';
}
