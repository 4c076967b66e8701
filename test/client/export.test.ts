import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { joinSegments, processingReports } from './archived-segments.js';
import { clientIsHere, startScene, type Scene } from './scene.js';
import { reply } from './stand-in/answer.js';
import { countMessages, linesOf } from './transcript.js';
import { exportNow, startWatcher } from './watched-scene.js';

const model = 'claude-sonnet-4-5';

async function goTo(scene: Scene, promptTokens: number, on = model): Promise<void> {
  scene.api.plan('main', reply(promptTokens));
  await scene.ask(`Go to ${promptTokens}.`, { model: on });
}

describe.skipIf(!clientIsHere)('exports of what the client writes', () => {
  test('one at the threshold, none in the cooldown, none after a restart, the rest on demand', async () => {
    const scene = await startScene();
    const first = await startWatcher(scene, '--threshold', '75');
    await goTo(scene, 20_000);
    await first.hasRead();
    expect(await first.exports(0)).toEqual([]);

    await goTo(scene, 152_000);
    const [crossing] = await first.exports(1);
    const { id, path, bytes } = await scene.sessionFile();
    expect(crossing?.manifest).toMatchObject({
      sessionId: id,
      sourcePath: path,
      usedTokens: 152_120,
      windowTokens: 200_000,
      model,
      trigger: 'threshold',
      late: false,
    });
    expect(crossing?.manifest.percent).toBeCloseTo(76.06);
    expect(crossing?.manifest.messages).toBe(countMessages(linesOf(crossing?.bytes ?? Buffer.alloc(0))));
    expect(linesOf(crossing?.bytes ?? Buffer.alloc(0)).findLast((line) => line.type === 'assistant')).toMatchObject({
      message: { id: scene.api.exchanges.at(-1)?.messageId },
    });
    expect(bytes.subarray(0, crossing?.bytes.length).equals(crossing?.bytes ?? bytes)).toBe(true);

    await goTo(scene, 156_000);
    await first.hasRead();
    await first.exports(1);
    expect(await first.stop()).toMatchObject({ exitCode: 0 });

    const second = await startWatcher(scene, '--threshold', '75');
    await second.hasRead();
    await second.exports(1);

    expect(await exportNow(scene)).toMatchObject({ exitCode: 0 });
    const all = await second.exports(2);
    const whole = (await scene.sessionFile()).bytes;
    expect(all[1]?.manifest).toMatchObject({ trigger: 'manual', range: { start: crossing?.bytes.length } });
    expect(joinSegments(all).equals(whole)).toBe(true);

    expect(await exportNow(scene)).toMatchObject({ exitCode: 0 });
    expect(await second.exports(2)).toEqual(all);
    const uuids = linesOf(whole).flatMap(({ uuid }) => uuid ?? []);
    const reports = await processingReports(scene.home.dataDir);
    expect(reports.map((report) => report.messages_duplicate)).toEqual([0, 0]);
    expect(reports.reduce((sum, report) => sum + (report.messages_new ?? 0), 0)).toBe(new Set(uuids).size);
  });

  test('a session that is over the threshold at the start: at once, for the user alone', async () => {
    const scene = await startScene();
    await goTo(scene, 160_000);
    const watcher = await startWatcher(scene, '--threshold', '75');
    const [segment] = await watcher.exports(1);
    expect(segment?.manifest).toMatchObject({ trigger: 'threshold', late: false, usedTokens: 160_120 });
    await watcher.stop();
    const entries = await readdir(scene.home.dataDir, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile() || one.isDirectory())) {
      const path = join(entry.parentPath, entry.name);
      const mode = (await stat(path)).mode & 0o777;
      expect({ path, mode: mode.toString(8) }).toEqual({ path, mode: entry.isFile() ? '600' : '700' });
    }
  });

  test('a jump past the band: one late export, then none in this episode', async () => {
    const scene = await startScene();
    const watcher = await startWatcher(scene, '--cooldown', '0');
    await goTo(scene, 31_000, 'claude-opus-5-5');
    await goTo(scene, 960_000, 'claude-opus-5-5');
    const [late] = await watcher.exports(1);
    expect(late?.manifest).toMatchObject({ late: true, trigger: 'threshold', windowTokens: 1_000_000 });
    for (const promptTokens of [961_000, 900_000]) {
      await goTo(scene, promptTokens, 'claude-opus-5-5');
      await watcher.hasRead();
      await watcher.exports(1);
    }
  });

  test('without a running app, turn by turn: the segments joined are the session file', async () => {
    const scene = await startScene();
    for (const promptTokens of [20_000, 90_000, 151_000]) {
      await goTo(scene, promptTokens);
      expect(await exportNow(scene)).toMatchObject({ exitCode: 0 });
    }
    const watcher = await startWatcher(scene, '--threshold', '75', '--cooldown', '0');
    await watcher.hasRead();
    const segments = await watcher.exports(3);
    expect(joinSegments(segments).equals((await scene.sessionFile()).bytes)).toBe(true);
    expect(segments.map(({ manifest }) => manifest.trigger)).toEqual(['manual', 'manual', 'manual']);
  });
});
