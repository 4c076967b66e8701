import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import { waitUntil } from '../../support/wait-until.js';

/** The client on a terminal of its own. */
export interface InteractiveClient {
  /** Types a prompt and sends it. */
  readonly type: (text: string) => Promise<void>;
  /** Presses a key as tmux names it, such as `Escape`. */
  readonly press: (key: string) => Promise<void>;
  /** Ends the client the hard way, as `kill -9` does. */
  readonly kill: () => Promise<void>;
  readonly pid: number;
  /** What the terminal shows now. */
  readonly screen: () => Promise<string>;
  /** Ends the client and its terminal; nothing where they have ended. */
  readonly stop: () => Promise<void>;
}

/** Whether the terminal multiplexer that holds the interactive client is here. */
export async function hasTerminal(): Promise<boolean> {
  const { failed } = await execa('tmux', ['-V'], { reject: false });
  return !failed;
}

/** Starts the client with its screen in a tmux server of its own and waits until it takes input; throws with its screen where it never does. */
export async function startInteractiveClient(
  program: string,
  options: {
    /** Null: the one from the client's settings or of the session that goes on. */
    readonly model: string | null;
    readonly cwd: string;
    readonly environment: Readonly<Record<string, string>>;
    /** Such as `--continue`. */
    readonly flags?: readonly string[];
  },
): Promise<InteractiveClient> {
  const server = `context-watcher-${randomUUID().slice(0, 8)}`;
  const tmux = async (...args: string[]): Promise<string> =>
    (await execa('tmux', ['-L', server, '-f', '/dev/null', ...args], { env: options.environment, extendEnv: false }))
      .stdout;
  const flags = [...(options.model === null ? [] : ['--model', options.model]), ...(options.flags ?? [])];
  await tmux('new-session', '-d', '-x', '160', '-y', '50', '-c', options.cwd, program, ...flags);
  const pid = Number(await tmux('display-message', '-p', '#{pane_pid}'));
  const screen = (): Promise<string> => tmux('capture-pane', '-p');
  const stop = async (): Promise<void> => {
    if (!isAlive(pid)) return;
    await tmux('kill-server');
    await waitUntil('the end of the interactive client', () => (isAlive(pid) ? null : true));
  };
  try {
    await waitUntil('the prompt of the interactive client', async () => ((await screen()).includes('❯') ? true : null));
  } catch (error) {
    const shown = await screen();
    await stop();
    throw new Error(`The interactive client shows:\n${shown}`, { cause: error });
  }
  return {
    type: async (text) => {
      await tmux('send-keys', '-l', text);
      await waitUntil('the typed text on the screen', async () => ((await screen()).includes(text) ? true : null));
      await tmux('send-keys', 'Enter');
    },
    press: async (key) => void (await tmux('send-keys', key)),
    kill: async () => {
      process.kill(pid, 'SIGKILL');
      await waitUntil('the end of the killed client', () => (isAlive(pid) ? null : true));
    },
    pid,
    screen,
    stop,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
