import { describe, expect, inject, test } from 'vitest';
import { startInteractiveScene } from './interactive-scene.js';
import { clientIsHere } from './scene.js';
import { compactionSummary, promptTooLong, reply } from './stand-in/answer.js';

describe.skipIf(!clientIsHere || !inject('hasTerminal'))('a model that was asked for with [1m]', () => {
  test('has the large window, and goes on past the line until the API refuses', async () => {
    const scene = await startInteractiveScene();
    await scene.start('claude-opus-4-6[1m]');
    expect(await scene.turn('Begin.', reply(154_999))).toMatchObject({
      windowTokens: 1_000_000,
      windowSource: 'requested',
      model: 'claude-opus-4-6',
    });
    await scene.turn('Past the line.', reply(980_000));
    const full = await scene.turn('To the end.', reply(999_600));
    expect(scene.api.exchanges.map(({ request }) => request.asker)).not.toContain('compaction');

    scene.api.plan('compaction', compactionSummary(999_600));
    const after = await scene.turn('Too much.', promptTooLong(1_000_000), reply(43_000));
    expect(after).toMatchObject({ id: full.id, windowSource: 'observed', compactions: 1 });
  });
});
