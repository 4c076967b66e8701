import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { waitUntil } from '../support/wait-until.js';
import { startInteractiveClient } from './real-client/start-interactive-client.js';
import { clientIsHere, startScene, type Scene } from './scene.js';
import { reply } from './stand-in/answer.js';

/** What the client hands to a status line command, as far as it is compared. */
interface ContextWindow {
  readonly total_input_tokens: number;
  readonly context_window_size: number;
  readonly used_percentage: number | null;
}

const dump = 'status-line.jsonl';
const command = `cat >> "$HOME/${dump}"; echo >> "$HOME/${dump}"; echo shown`;

async function shownAt(scene: Scene, promptTokens: number): Promise<ContextWindow | null> {
  const text = await readFile(join(scene.home.home, dump), 'utf8').catch(() => '');
  const complete = text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '');
  const shown = complete.map((line) => (JSON.parse(line) as { context_window: ContextWindow }).context_window);
  return shown.findLast((window) => window.total_input_tokens === promptTokens) ?? null;
}

describe.skipIf(!clientIsHere || !inject('hasTerminal'))("the client's own status line shows the same", () => {
  test.each([
    { model: 'claude-opus-4-6', prompts: [20_000, 150_499, 153_000] },
    { model: 'claude-opus-5-5', prompts: [31_000, 754_321] },
  ])('$model', async ({ model, prompts }) => {
    const scene = await startScene({ statusLine: { type: 'command', command } });
    const environment = scene.home.environment(scene.api.url);
    const client = await startInteractiveClient(scene.program, { model, cwd: scene.home.workingFolder, environment });
    onTestFinished(client.stop);
    for (const promptTokens of prompts) {
      scene.api.plan('main', reply(promptTokens));
      await client.type(`Go to ${promptTokens}.`);
      const shown = await waitUntil('the status line', () => shownAt(scene, promptTokens));

      const [session] = (await scene.once()).sessions;
      expect(session).toMatchObject({
        promptTokens: shown.total_input_tokens,
        windowTokens: shown.context_window_size,
        state: 'live',
        live: true,
      });
      const percent = ((session?.promptTokens ?? 0) / (session?.windowTokens ?? 0)) * 100;
      expect(Math.round(percent)).toBe(shown.used_percentage);
    }
  });

  test('and a client that sits idle for long is live until it ends', async () => {
    const scene = await startScene();
    const environment = scene.home.environment(scene.api.url);
    const place = { model: 'claude-opus-5-5', cwd: scene.home.workingFolder, environment };
    const client = await startInteractiveClient(scene.program, place);
    onTestFinished(client.stop);
    await client.type('Hello.');
    const { path } = await waitUntil('the session file', () => scene.sessionFile().catch(() => null));
    const longAgo = new Date(Date.now() - 3_600_000);
    await waitUntil('the answer', async () => ((await scene.once()).sessions[0]?.percent ? true : null));

    await utimes(path, longAgo, longAgo);
    expect((await scene.once()).sessions[0]).toMatchObject({ live: true, state: 'live' });
    await client.stop();
    await utimes(path, longAgo, longAgo);
    expect((await scene.once()).sessions.map(({ live }) => live)).not.toContain(true);
  });
});
