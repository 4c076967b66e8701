import { once } from 'node:events';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { askRunning } from '../../src/main/control/control-client.js';
import type { AppState, SessionState } from '../../src/shared/app-state.js';
import { waitUntil } from '../support/wait-until.js';
import { titleOfActiveWindow } from './desktop-input.js';
import { saveDesktopPicture } from './desktop-picture.js';
import type { Scene } from './scene.js';
import { untilTrue } from './until-true.js';

/** The title of the popover's window. */
export const popoverTitle = 'Context Watcher';

/** How long the app may take to end before it is killed. */
const patienceMilliseconds = 5_000;

/** The packaged app while it runs. */
export interface RunningApp {
  readonly pid: number;
  readonly electron: ElectronApplication;
  /** What it printed so far. */
  readonly output: () => string;
  /** The state it tells over its control socket, once `is` holds for it. */
  readonly state: (what?: string, is?: (state: AppState) => boolean) => Promise<AppState>;
  /** The session of that id in such a state, once `is` holds for it. */
  readonly session: (id: string, what: string, is: (session: SessionState) => boolean) => Promise<SessionState>;
  /** Opens the popover the way a second start does, and hands over its page once it is shown, drawn and has the focus. */
  readonly openPopover: () => Promise<Page>;
  /** The exit code, once it has ended; null where a signal killed it. */
  readonly ended: Promise<number | null>;
  /** Sends SIGTERM and waits for the end. */
  readonly stop: () => Promise<number | null>;
}

/**
 * Starts the packaged app as the scene's user and waits until it is up. It is ended when the test is over; when the test has
 * failed, with a picture of the desktop named in the error. `storage` is where its data lie when `args` name no `--data-dir`.
 */
export async function startApp(
  scene: Scene,
  options: { readonly args?: readonly string[]; readonly storage?: string } = {},
): Promise<RunningApp> {
  const { args = ['--data-dir', scene.data, '--claude-dir', scene.claude], storage = scene.data } = options;
  const electron = await _electron.launch({
    executablePath: scene.asUserApp,
    args: [...args],
    cwd: scene.home,
    env: { ...scene.environment },
    chromiumSandbox: true,
    timeout: 20_000,
  });
  const child = electron.process();
  const { pid } = child;
  if (pid === undefined) throw new Error('The app has no process.');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (output += String(piece)));
  let hasEnded = false;
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => {
    hasEnded = true;
    return code ?? null;
  });
  onTestFinished(async ({ task }) => {
    const [error] = task.result?.state === 'fail' ? (task.result.errors ?? []) : [];
    if (error) error.message += `\n${await saveDesktopPicture(task.name)} is the desktop; the app said:\n${output}`;
    child.kill('SIGTERM');
    const killing = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds);
    await ended;
    clearTimeout(killing);
  });

  const socket = path.join(storage, 'context-watcher.sock');
  const askState = async (): Promise<AppState | null> => {
    if (hasEnded) throw new Error(`The app has ended.\n${output}`);
    const asked = await askRunning({ sockets: [socket], request: { kind: 'status' }, timeoutMilliseconds: 5_000 });
    return asked.kind === 'answered' && asked.answer.kind === 'status' ? asked.answer.state : null;
  };
  const state: RunningApp['state'] = async (what = 'a state', is = () => true) => {
    let last: AppState | null = null;
    const found = waitUntil(what, async () => {
      last = await askState();
      return last !== null && is(last) ? last : null;
    });
    return found.catch((error: unknown) => {
      throw new Error(`${String(error)} The last state: ${JSON.stringify(last)}`, { cause: error });
    });
  };
  await state('the app to be up');
  return {
    pid,
    electron,
    output: () => output,
    state,
    async session(id, what, is) {
      const found = (known: AppState) => known.sessions.find((session) => session.id === id && is(session));
      const session = found(await state(what, (known) => found(known) !== undefined));
      if (session === undefined) throw new Error(`No session ${id}.`);
      return session;
    },
    async openPopover() {
      await untilTrue('the popover to take the focus', async () => {
        await askRunning({ sockets: [socket], request: { kind: 'show' }, timeoutMilliseconds: 5_000 });
        return (await titleOfActiveWindow()) === popoverTitle;
      });
      const page = electron.windows()[0] ?? (await electron.firstWindow());
      await page.getByRole('contentinfo').waitFor();
      return page;
    },
    ended,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
