import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compactionSummary, overloaded, reply, replyWithCommand, replyWithSubAgent } from './stand-in/answer.js';
import { clientIsHere, startScene, type Scene } from './scene.js';
import { linesOf, type TranscriptLine } from './transcript.js';

const model = 'claude-opus-4-6';

async function newest(scene: Scene, type: string): Promise<TranscriptLine | undefined> {
  return linesOf((await scene.sessionFile()).bytes).findLast((line) => line.type === type);
}

/** What the other tests stand on; after a new client version these fail first and say what has changed. */
describe.skipIf(!clientIsHere)('the client writes down what the stand-in tells it', () => {
  test('an answer and its figures', async () => {
    const scene = await startScene();
    scene.api.plan('main', reply(20_000, { outputTokens: 321, text: 'Good day.' }));
    expect(await scene.ask('Hello.', { model })).toEqual({ exitCode: 0, output: 'Good day.' });
    expect(scene.api.lastTold()).toEqual({ promptTokens: 20_000, usedTokens: 20_321 });
    expect(await newest(scene, 'assistant')).toMatchObject({
      requestedModel: model,
      message: {
        id: scene.api.exchanges.at(-1)?.messageId,
        model,
        content: [{ type: 'text', text: 'Good day.' }],
        usage: {
          input_tokens: 7,
          cache_creation_input_tokens: 1000,
          cache_read_input_tokens: 18_993,
          output_tokens: 321,
        },
      },
    });
  });

  test('an API error as a synthetic answer without figures', async () => {
    const scene = await startScene();
    scene.api.plan('main', overloaded());
    const { exitCode, output } = await scene.ask('Hello.', { model });
    expect([exitCode, output]).toEqual([1, expect.stringContaining('529')]);
    expect(await newest(scene, 'assistant')).toMatchObject({
      message: { model: '<synthetic>', usage: { input_tokens: 0, cache_read_input_tokens: 0 } },
    });
  });

  test('a sub-agent and a large output beside the session', async () => {
    const scene = await startScene();
    scene.api.plan('main', replyWithSubAgent(20_000), reply(21_000), reply(22_000));
    await scene.ask('Count.', { model });
    scene.api.plan('main', replyWithCommand(23_000, 'seq 1 100000'), reply(24_000));
    await scene.ask('Print.', { model, allowedTools: 'Bash' });

    expect(scene.api.exchanges.map(({ request }) => request.asker)).toContain('sub-agent');
    const { id, path } = await scene.sessionFile();
    const sidecars = await readdir(join(path, '..', id), { recursive: true });
    expect(sidecars).toContainEqual(expect.stringMatching(/^subagents.agent-\w+\.jsonl$/));
    expect(sidecars).toContainEqual(expect.stringMatching(/^tool-results.\w+\.txt$/));
  });

  test.each([
    { trigger: 'manual', promptTokens: 60_000, prompt: '/compact' },
    { trigger: 'auto', promptTokens: 169_000, prompt: 'Go on.' },
  ])('the boundary of a compaction ($trigger)', async ({ trigger, promptTokens, prompt }) => {
    const scene = await startScene();
    scene.api.plan('main', reply(20_000), reply(promptTokens), reply(20_000));
    scene.api.plan('compaction', compactionSummary(promptTokens));
    await scene.ask('Hello.', { model });
    await scene.ask('More.', { model });
    expect(await scene.ask(prompt, { model })).toMatchObject({ exitCode: 0 });
    expect(await newest(scene, 'system')).toMatchObject({
      subtype: 'compact_boundary',
      compactMetadata: { trigger, preTokens: expect.closeTo(promptTokens + 120, -3) },
    });
  });
});
