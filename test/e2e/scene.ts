import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';
import { e2eEnvironment } from './e2e-environment.js';
import { untilTrue } from './until-true.js';

/** A home of its own for one test, all of it owned by the user that the app runs as. */
export interface Scene {
  readonly home: string;
  /** What goes to `--data-dir`; nothing is in it. */
  readonly data: string;
  /** What goes to `--claude-dir`: a Claude Code folder without a session. */
  readonly claude: string;
  readonly temporary: string;
  /** Holds a line for each thing that the app had the desktop open. */
  readonly openedFile: string;
  /** Starts the program given as its arguments as that user. */
  readonly asUser: string;
  /** Starts the packaged app as that user. */
  readonly asUserApp: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Makes a file or replaces it; the parents must be there. */
  readonly write: (file: string, content: string) => void;
  readonly makeFolder: (folder: string) => void;
  /** Hands a file or folder to the user. */
  readonly own: (file: string) => void;
}

/**
 * Makes a scene; it is removed when the test is over. Start the app after it, so that it has ended by then. Unless it `isFirstRun`,
 * the first run's questions were answered in `data`, and the app starts without opening its popover.
 */
export function makeScene({ isFirstRun = false } = {}): Scene {
  const { executable, folder, desktop, user } = e2eEnvironment();
  // A short name: sockets lie in it, and their paths must not be longer than 107 bytes.
  const root = mkdtempSync(path.join(folder, 's-'));
  onTestFinished(() => untilTrue(`${root} to be removed`, () => isRemoved(root)));

  const own = (file: string): void => (user === null ? undefined : chownSync(file, user.uid, user.gid));
  const makeFolder = (made: string): void => {
    const first = mkdirSync(made, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let at = made; at.length >= first.length; at = path.dirname(at)) own(at);
  };
  const write = (file: string, content: string): void => {
    writeFileSync(file, content, { mode: 0o600 });
    own(file);
  };
  const script = (name: string, text: string): string => {
    const file = path.join(root, 'bin', name);
    write(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };

  own(root);
  const at = (...names: string[]): string => path.join(root, ...names);
  const [home, data, claude, temporary, runtime] = [at('home'), at('data'), at('claude'), at('t'), at('r')];
  for (const made of [home, data, at('claude', 'projects'), temporary, runtime, at('bin')]) makeFolder(made);
  if (!isFirstRun) {
    makeFolder(at('data', 'config'));
    write(at('data', 'config', 'state.json'), JSON.stringify({ firstRunConfirmed: true }));
  }
  const openedFile = at('opened.txt');
  // Stands for the desktop's own opener; a real one would start a file manager.
  script('xdg-open', `printf '%s\\n' "$@" >> '${openedFile}'`);
  const change = user === null ? '' : `setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups -- `;
  return {
    home,
    data,
    claude,
    temporary,
    openedFile,
    asUser: script('as-user', `exec ${change}"$@"`),
    asUserApp: script('as-user-app', `exec ${change}'${executable}' "$@"`),
    environment: {
      ...desktop,
      PATH: `${at('bin')}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      TMPDIR: temporary,
      XDG_RUNTIME_DIR: runtime,
      LANG: 'C.UTF-8',
    },
    write,
    makeFolder,
    own,
  };
}

/** False when something was written into the folder meanwhile: Chromium's processes end a moment after the app. */
function isRemoved(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY') return false;
    throw error;
  }
}
