import { describe, expect, test } from 'vitest';
import { joinSegments } from './archived-segments.js';
import { clientIsHere, startScene } from './scene.js';
import { compactionSummary, reply } from './stand-in/answer.js';
import { linesOf } from './transcript.js';
import { exportNow, startWatcher } from './watched-scene.js';

const model = 'claude-opus-4-6';

describe.skipIf(!clientIsHere)('a compaction of the client', () => {
  test('/compact: no stale figure, then the next reading', async () => {
    const scene = await startScene();
    scene.api.plan('main', reply(20_000), reply(152_000), reply(34_000));
    scene.api.plan('compaction', compactionSummary(152_000));
    await scene.ask('Hello.', { model });
    await scene.ask('Much more.', { model });
    expect((await scene.once()).sessions[0]).toMatchObject({ usedTokens: 152_120, state: 'live' });

    await scene.ask('/compact', { model });
    const boundary = linesOf((await scene.sessionFile()).bytes).findLast((line) => line.type === 'system');
    const [compacted] = (await scene.once()).sessions;
    expect(compacted).toMatchObject({
      state: 'compacted',
      windowTokens: 200_000,
      justCompacted: { trigger: 'manual', preTokens: boundary?.compactMetadata?.preTokens },
    });
    expect(compacted?.estimated).toBe(compacted?.usedTokens !== null);
    expect(compacted?.usedTokens ?? 0).toBeLessThan(100_000);

    await scene.ask('Go on.', { model });
    expect((await scene.once()).sessions[0]).toMatchObject({
      ...scene.api.lastTold(),
      percent: 17.1,
      state: 'live',
      estimated: false,
      justCompacted: null,
    });
  });

  test('by itself, between two answers: the answer after it counts', async () => {
    const scene = await startScene();
    scene.api.plan('main', reply(20_000), reply(169_000), reply(41_000));
    await scene.ask('Hello.', { model });
    await scene.ask('Much more.', { model });
    expect((await scene.once()).sessions[0]).toMatchObject({ usedTokens: 169_120, percent: 84.6 });

    await scene.ask('Go on.', { model });
    expect(scene.api.exchanges.map(({ request }) => request.asker)).toContain('compaction');
    expect((await scene.once()).sessions[0]).toMatchObject({
      ...scene.api.lastTold(),
      windowTokens: 200_000,
      percent: 20.6,
      state: 'live',
      justCompacted: null,
    });
  });

  test('exports before and after it lose nothing', async () => {
    const scene = await startScene();
    const watcher = await startWatcher(scene, '--threshold', '75');
    scene.api.plan('main', reply(20_000), reply(152_000), reply(153_000), reply(34_000));
    await scene.ask('Hello.', { model });
    await scene.ask('Much more.', { model });
    await watcher.exports(1);
    await scene.ask('A little more, in the cooldown.', { model });
    await watcher.hasRead();

    await scene.ask('/compact', { model });
    const segments = await watcher.exports(2);
    expect(segments[1]?.manifest.trigger).toBe('compaction');
    const lines = linesOf((await scene.sessionFile()).bytes);
    const boundary = lines.findIndex((line) => line.subtype === 'compact_boundary');
    expect(linesOf(joinSegments(segments)).length).toBeGreaterThanOrEqual(boundary);

    await scene.ask('Go on.', { model });
    await watcher.hasRead();
    expect(await exportNow(scene)).toMatchObject({ exitCode: 0 });
    expect(joinSegments(await watcher.exports(3)).equals((await scene.sessionFile()).bytes)).toBe(true);
  });
});
