import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { askRunning } from '../../src/main/control/control-client.js';
import type { ControlAnswer, ControlRequest } from '../../src/main/control/protocol.js';
import type { DesktopScene } from './desktop-scene.js';

/** A home of its own for one run of an app on the bench's desktop. */
export interface AppHome {
  /** What goes to `--data-dir`. */
  readonly data: string;
  /** Starts the app with its arguments as the scene's user. */
  readonly app: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** An app while it runs. */
export interface StartedApp {
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Makes a home for an app, in which the first run's questions are answered: it starts without opening its popover. */
export function makeAppHome({ folder, environment, user }: DesktopScene, executable: string): AppHome {
  // A short name: a socket lies in it, and its path must not be longer than 107 bytes.
  const root = mkdtempSync(path.join(folder, 'b-'));
  const own = (file: string): string => {
    if (user !== null) chownSync(file, user.uid, user.gid);
    return file;
  };
  const make = (...names: string[]): string => {
    const made = path.join(root, ...names);
    mkdirSync(made, { mode: 0o700 });
    return own(made);
  };
  own(root);
  const [home, data, temporary, runtime] = [make('home'), make('data'), make('t'), make('r')];
  const state = path.join(make('data', 'config'), 'state.json');
  writeFileSync(state, JSON.stringify({ firstRunConfirmed: true }));
  own(state);
  const app = path.join(root, 'app');
  const change = user === null ? '' : `setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups -- `;
  writeFileSync(app, `#!/bin/sh\nexec ${change}'${executable}' "$@"\n`);
  chmodSync(own(app), 0o755);
  return {
    data,
    app,
    home,
    environment: {
      ...environment,
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      TMPDIR: temporary,
      XDG_RUNTIME_DIR: runtime,
      LANG: 'C.UTF-8',
    },
  };
}

/** Starts the app of a home and leaves it running. */
export function startInHome(
  { app, environment, home }: AppHome,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): StartedApp {
  const child = spawn(app, [...args], { env: { ...environment, ...variables }, cwd: home, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new Error('The app has no process.');
  return {
    pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Asks the app that runs in a home, again and again for up to 30 s until it answers. */
export async function askApp<Request extends ControlRequest>(
  { data }: AppHome,
  request: Request,
): Promise<ControlAnswer<Request['kind']>> {
  for (let tries = 0; tries < 150; tries += 1) {
    const sockets = [path.join(data, 'context-watcher.sock')];
    const asked = await askRunning({ sockets, request, timeoutMilliseconds: 5_000 });
    if (asked.kind === 'answered') return asked.answer;
    await pause(200);
  }
  throw new Error('The app does not answer.');
}
