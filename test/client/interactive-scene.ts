import { expect, onTestFinished } from 'vitest';
import type { SessionState } from '../../src/shared/app-state.js';
import { waitUntil } from '../support/wait-until.js';
import { startInteractiveClient, type InteractiveClient } from './real-client/start-interactive-client.js';
import { shownStatusLine, statusLineSettings, type StatusLine } from './real-client/status-line.js';
import { startScene, type Scene } from './scene.js';
import type { Answer } from './stand-in/answer.js';

/** The client on its terminal, with its status line beside what the app says. */
export interface InteractiveScene extends Scene {
  /** Starts the client; one that ran before has to have ended. It ends with the test at the latest. */
  readonly start: (model: string | null, ...flags: readonly string[]) => Promise<InteractiveClient>;
  /**
   * Types a prompt that is answered with `answers`, the last of which has the figures to wait for, and hands back the
   * app's session when it agrees with the client's status line; fails where it does not.
   */
  readonly turn: (prompt: string, ...answers: readonly Answer[]) => Promise<SessionState>;
  /** Waits until the status line shows what the main conversation was told last, and compares. */
  readonly agrees: () => Promise<SessionState>;
}

/** Sets a scene in which the client shows a status line and runs `seq` without asking. */
export async function startInteractiveScene(
  clientSettings: Readonly<Record<string, unknown>> = {},
): Promise<InteractiveScene> {
  const permissions = { allow: ['Bash(seq:*)'], defaultMode: 'default' };
  const scene = await startScene({ ...statusLineSettings, permissions, ...clientSettings });
  let client: InteractiveClient | null = null;

  async function start(model: string | null, ...flags: readonly string[]): Promise<InteractiveClient> {
    const environment = scene.home.environment(scene.api.url);
    const started = await startInteractiveClient(scene.program, {
      model,
      cwd: scene.home.workingFolder,
      environment,
      flags,
    });
    onTestFinished(started.stop);
    client = started;
    return started;
  }

  async function agrees(): Promise<SessionState> {
    const told = scene.api.lastTold();
    const isTold = ({ context_window: window }: StatusLine): boolean => window.total_input_tokens === told.promptTokens;
    const shown = await waitUntil(`${told.promptTokens} on the status line`, () =>
      shownStatusLine(scene.home.home, isTold),
    ).catch(async (error: unknown) => {
      throw new Error(`The client shows:\n${await client?.screen()}`, { cause: error });
    });
    const { sessions } = await scene.once();
    const session = sessions.find(({ id }) => id === shown.session_id);
    expect(session).toMatchObject({
      ...told,
      windowTokens: shown.context_window.context_window_size,
      estimated: false,
      justCompacted: null,
      live: true,
    });
    const percent = ((session?.promptTokens ?? 0) / (session?.windowTokens ?? 0)) * 100;
    expect(Math.min(100, Math.round(percent))).toBe(shown.context_window.used_percentage);
    return session as SessionState;
  }

  async function turn(prompt: string, ...answers: readonly Answer[]): Promise<SessionState> {
    if (client === null) throw new Error('No client was started.');
    const wanted = answers.findLast(({ kind }) => kind === 'reply');
    scene.api.plan('main', ...answers);
    await client.type(prompt);
    await waitUntil(`the answer to ${prompt}`, () =>
      scene.api.exchanges.some(({ answer }) => answer === wanted) ? true : null,
    );
    return agrees();
  }

  return { ...scene, start, turn, agrees };
}
