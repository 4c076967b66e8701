import { describe, expect, inject, test } from 'vitest';
import { waitUntil } from '../support/wait-until.js';
import { startInteractiveScene, type InteractiveScene } from './interactive-scene.js';
import { clientIsHere } from './scene.js';
import { compactionSummary, reply, replyWithCommand, replyWithSubAgent } from './stand-in/answer.js';

/** What the app says of the session's compaction, as soon as it knows of one. */
async function compacted(scene: InteractiveScene, id: string) {
  return waitUntil('the compaction', async () => {
    const session = (await scene.once()).sessions.find((one) => one.id === id);
    return session?.state === 'compacted' ? session : null;
  });
}

describe.skipIf(!clientIsHere || !inject('hasTerminal'))('a session agrees with the status line all its life', () => {
  test('claude-opus-5-5: helpers, large results, both compactions, a new beginning', async () => {
    const scene = await startInteractiveScene();
    const client = await scene.start('claude-opus-5-5');
    const first = await scene.turn('Begin.', reply(20_000));
    expect(first).toMatchObject({ windowTokens: 1_000_000, windowSource: 'table' });

    scene.api.plan('sub-agent', reply(190_000));
    await scene.turn('Ask a helper.', replyWithSubAgent(21_000), reply(24_499));
    expect(scene.api.exchanges.map(({ request }) => request.asker)).toContain('sub-agent');
    expect(await scene.turn('Print.', replyWithCommand(25_000, 'seq 1 100000'), reply(154_500))).toMatchObject({
      windowSource: 'table',
    });

    scene.api.plan('sub-agent', reply(170_000, { afterMs: 4_000 }));
    await scene.turn('Ask another.', replyWithSubAgent(156_000, { inBackground: true }), reply(157_000));
    await scene.turn('Go on meanwhile.', reply(158_000));
    const before = await scene.turn('Far on.', reply(301_000));
    expect(before).toMatchObject({ windowTokens: 1_000_000, windowSource: 'observed' });

    scene.api.plan('compaction', compactionSummary(301_000));
    await client.type('/compact');
    const byHand = await compacted(scene, before.id);
    expect(byHand).toMatchObject({ promptTokens: null, justCompacted: { trigger: 'manual' } });
    expect(byHand.justCompacted?.preTokens).toBe(before.usedTokens);
    await scene.turn('And then.', reply(41_000));

    const full = await scene.turn('Fill it.', reply(967_500));
    scene.api.plan('compaction', compactionSummary(967_500));
    expect(await scene.turn('Past the line.', reply(52_000))).toMatchObject({
      id: before.id,
      windowSource: 'observed',
    });
    const { bytes } = await scene.sessionFile();
    const boundary = bytes.toString().match(/"trigger":"auto","preTokens":(\d+)/);
    expect(Number(boundary?.[1]) - (full.usedTokens ?? 0)).toBeLessThan(1_000);
    expect(Number(boundary?.[1])).toBeGreaterThanOrEqual(full.usedTokens ?? 0);

    await client.type('/clear');
    const cleared = await scene.turn('Anew.', reply(19_500));
    expect(cleared).toMatchObject({ windowSource: 'table', percent: 2 });
    expect(cleared.id).not.toBe(before.id);
  });

  test('claude-haiku-4-5: a question, a switch of the model, going on, and a fork', async () => {
    const scene = await startInteractiveScene();
    const client = await scene.start('claude-haiku-4-5');
    const first = await scene.turn('Begin.', reply(150_499));
    expect(first).toMatchObject({ windowTokens: 200_000, windowSource: 'table' });
    await waitUntil('the end of the turn', async () =>
      (await scene.once()).sessions[0]?.client?.status === 'idle' ? true : null,
    );

    scene.api.plan('main', replyWithCommand(151_000, 'touch asked'), reply(152_000));
    await client.type('Touch a file.');
    await waitUntil('the app to see that the client asks', async () =>
      (await scene.once()).sessions[0]?.client?.status === 'waiting' ? true : null,
    );
    await waitUntil('the answer', async () => {
      if (scene.api.lastTold().promptTokens === 152_000) return true;
      // The client says that it waits before its question takes a key.
      if ((await client.screen()).includes('1. Yes')) await client.press('Enter');
      return null;
    });
    await scene.agrees();

    await client.type('/model claude-opus-5-5');
    await waitUntil('the switch of the model', async () => {
      const shown = await client.screen();
      if (shown.includes('1. Yes, switch')) await client.press('Enter');
      return shown.includes('Set model to') ? true : null;
    });
    expect(await scene.turn('As another.', reply(153_000))).toMatchObject({
      windowTokens: 1_000_000,
      model: 'claude-opus-5-5',
    });

    await client.kill();
    await client.stop();
    expect((await scene.once()).sessions.map((session) => session.client)).toEqual([null]);
    const next = await scene.start(null, '--continue', '--model', 'claude-haiku-4-5');
    expect(await scene.turn('Go on.', reply(198_000))).toMatchObject({ id: first.id, windowTokens: 200_000 });
    await next.stop();

    await scene.start(null, '--resume', first.id, '--fork-session', '--model', 'claude-haiku-4-5');
    const fork = await scene.turn('Another way.', reply(160_100));
    expect(fork.id).not.toBe(first.id);
    expect(fork).toMatchObject({ windowTokens: 200_000, windowSource: 'table' });
    const sessions = (await scene.once()).sessions.map(({ id, client: running }) => [id, running !== null]);
    expect(Object.fromEntries(sessions)).toEqual({ [first.id]: false, [fork.id]: true });
  });
});
