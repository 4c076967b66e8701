import { stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { reply } from './stand-in/answer.js';
import { clientIsHere, startScene } from './scene.js';
import { countMessages, linesOf } from './transcript.js';

const models = [
  { model: 'claude-opus-5-5', windowTokens: 1_000_000, prompts: [20_000, 304_500, 960_001] },
  { model: 'claude-sonnet-4-5', windowTokens: 200_000, prompts: [20_000, 121_111, 152_000] },
  { model: 'claude-opus-4-6[1m]', windowTokens: 1_000_000, prompts: [20_000, 151_000, 420_000] },
];

describe.skipIf(!clientIsHere)('the gauge says what the client was told', () => {
  test.each(models)('$model', async ({ model, windowTokens, prompts }) => {
    const scene = await startScene();
    for (const promptTokens of prompts) {
      scene.api.plan('main', reply(promptTokens, { outputTokens: 640 }));
      expect(await scene.ask(`Go to ${promptTokens}.`, { model })).toMatchObject({ exitCode: 0 });

      const told = scene.api.lastTold();
      const file = await scene.sessionFile();
      const { sessions, problems } = await scene.once();
      expect(told.promptTokens).toBe(promptTokens);
      expect(problems).toEqual([]);
      expect(sessions).toHaveLength(1);
      expect(sessions[0]).toMatchObject({
        id: file.id,
        path: file.path,
        project: 'my project',
        cwd: scene.home.workingFolder,
        model: model.replace('[1m]', ''),
        requestedModel: model,
        promptTokens: told.promptTokens,
        usedTokens: told.usedTokens,
        windowTokens,
        percent: Math.round((told.usedTokens / windowTokens) * 1000) / 10,
        estimated: false,
        state: 'live',
        justCompacted: null,
        transcriptBytes: file.bytes.length,
        exportedBytes: 0,
        unexportedMessages: countMessages(linesOf(file.bytes)),
        badLines: 0,
      });
    }
  });

  test('and looking leaves nothing behind', async () => {
    const scene = await startScene();
    await scene.ask('Hello.', { model: 'claude-opus-5-5' });
    const before = await scene.sessionFile();
    await scene.once();
    expect((await scene.sessionFile()).bytes.equals(before.bytes)).toBe(true);
    await expect(stat(scene.home.dataDir)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
