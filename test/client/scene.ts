import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { AppState } from '../../src/shared/app-state.js';
import { runCommandLine } from '../support/command-line.js';
import { askClient, type ClientAnswer } from './real-client/ask-client.js';
import { createClientHome, type ClientHome } from './real-client/client-home.js';
import { startStandIn, type StandIn } from './stand-in/start-stand-in.js';

/** A client with a home and a stand-in API of its own, and the app's command line looking at what it writes. */
export interface Scene {
  readonly program: string;
  readonly api: StandIn;
  readonly home: ClientHome;
  /** The flags that point the app to this client's sessions and this scene's context storage. */
  readonly appFlags: readonly string[];
  /** Lets the client answer one prompt; the first prompt begins the session, the next ones go on with it. */
  readonly ask: (prompt: string, options: { model: string; allowedTools?: string }) => Promise<ClientAnswer>;
  /** What `--once --json` prints now. */
  readonly once: () => Promise<AppState>;
  /** The one session file that the client has written. */
  readonly sessionFile: () => Promise<{ readonly id: string; readonly path: string; readonly bytes: Buffer }>;
}

/** Whether the client is here; without it the tests of a scene are skipped. */
export const clientIsHere = inject('client').kind === 'installed';

/** Sets a scene for the running test; everything in it ends with the test. `clientSettings` are the client's own. */
export async function startScene(clientSettings: Readonly<Record<string, unknown>> = {}): Promise<Scene> {
  const client = inject('client');
  if (client.kind === 'unavailable') throw new Error(client.reason);
  const { program } = client;
  const api = await startStandIn();
  onTestFinished(api.stop);
  const home = await createClientHome(clientSettings);
  onTestFinished(home.remove);
  const appFlags = ['--claude-dir', home.claudeDir, '--data-dir', home.dataDir];
  let begun = false;

  async function ask(prompt: string, options: { model: string; allowedTools?: string }): Promise<ClientAnswer> {
    const place = { cwd: home.workingFolder, environment: home.environment(api.url) };
    const answer = await askClient(program, prompt, { ...options, ...place, resume: begun });
    begun = true;
    return answer;
  }

  async function once(): Promise<AppState> {
    const { exitCode, stdout, stderr } = await runCommandLine(home.home, ['--once', '--json', ...appFlags]);
    if (exitCode !== 0) throw new Error(`--once ended with ${exitCode}: ${stderr}`);
    return JSON.parse(stdout) as AppState;
  }

  return { program, api, home, appFlags, ask, once, sessionFile: () => findSession(home.claudeDir) };
}

async function findSession(claudeDir: string): Promise<{ id: string; path: string; bytes: Buffer }> {
  const projects = join(claudeDir, 'projects');
  const files = await readdir(projects, { recursive: true });
  const sessions = files.filter((name) => /^[^/\\]+[/\\][0-9a-f-]{36}\.jsonl$/.test(name));
  const [name] = sessions;
  if (name === undefined || sessions.length > 1) throw new Error(`The client wrote ${sessions.length} session files.`);
  const path = join(projects, name);
  return { id: basename(name, '.jsonl'), path, bytes: await readFile(path) };
}
