import { describe, expect, test } from 'vitest';
import { clientIsHere, startScene } from './scene.js';
import { overloaded, reply, replyWithCommand, replyWithSubAgent } from './stand-in/answer.js';

const model = 'claude-sonnet-4-5';

describe.skipIf(!clientIsHere)('what is not the main conversation does not move the gauge', () => {
  test('a sub-agent that is far fuller than its session', async () => {
    const scene = await startScene();
    scene.api.plan('main', replyWithSubAgent(20_000), reply(21_000), reply(22_000));
    scene.api.plan('sub-agent', reply(190_000));
    await scene.ask('Count.', { model });

    const told = scene.api.lastTold();
    const { sessions } = await scene.once();
    expect(scene.api.exchanges.map(({ request }) => request.asker)).toContain('sub-agent');
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ ...told, windowTokens: 200_000, estimated: false });
    expect(sessions[0]?.percent).toBeLessThan(12);
  });

  test('a large output that the client keeps beside the session', async () => {
    const scene = await startScene();
    scene.api.plan('main', replyWithCommand(40_000, 'seq 1 100000'), reply(41_000));
    await scene.ask('Print.', { model, allowedTools: 'Bash' });
    const { sessions } = await scene.once();
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject(scene.api.lastTold());
  });

  test('an API error after an answer: the answer stays', async () => {
    const scene = await startScene();
    scene.api.plan('main', reply(150_000), overloaded());
    await scene.ask('Hello.', { model });
    expect(await scene.ask('Go on.', { model })).toMatchObject({ exitCode: 1 });
    const { sessions } = await scene.once();
    expect(sessions[0]).toMatchObject({ promptTokens: 150_000, usedTokens: 150_120, percent: 75.1, model });
  });

  test('an API error before any answer: unknown, not 0', async () => {
    const scene = await startScene();
    scene.api.plan('main', overloaded());
    await scene.ask('Hello.', { model });
    const { sessions } = await scene.once();
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ state: 'unknown', promptTokens: null, usedTokens: null, percent: null });
  });
});
