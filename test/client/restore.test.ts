import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../support/command-line.js';
import { askClient } from './real-client/ask-client.js';
import { clientIsHere, startScene } from './scene.js';
import { reply } from './stand-in/answer.js';
import { exportNow } from './watched-scene.js';

const model = 'claude-sonnet-4-5';

describe.skipIf(!clientIsHere)('a session that was deleted', () => {
  test('is brought back from the archive alone, and the client goes on with it', async () => {
    const scene = await startScene();
    for (const promptTokens of [20_000, 40_000]) {
      scene.api.plan('main', reply(promptTokens));
      await scene.ask(`Go to ${promptTokens}.`, { model });
      expect(await exportNow(scene)).toMatchObject({ exitCode: 0 });
    }
    const { id, path, bytes } = await scene.sessionFile();
    const resume = () =>
      askClient(scene.program, 'And on.', {
        model,
        resume: id,
        cwd: scene.home.workingFolder,
        environment: scene.home.environment(scene.api.url),
      });
    await rm(dirname(path), { recursive: true });
    await rm(join(scene.home.dataDir, 'index'), { recursive: true });
    expect(await resume()).not.toMatchObject({ exitCode: 0 });
    await rm(dirname(path), { recursive: true, force: true });

    const run = (...flags: string[]) => runCommandLine(scene.home.home, [...flags, ...scene.appFlags]);
    expect(await run('--verify')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await run('--restore', id.slice(0, 8))).toMatchObject({ exitCode: 0, stderr: '' });
    const restored = await scene.sessionFile();
    expect(restored).toMatchObject({ id, path });
    expect(restored.bytes.equals(bytes)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);

    scene.api.plan('main', reply(60_000));
    expect(await resume()).toMatchObject({ exitCode: 0 });
    const after = await scene.sessionFile();
    expect(after.id).toBe(id);
    expect(after.bytes.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(after.bytes.length).toBeGreaterThan(bytes.length);
    expect(scene.api.exchanges.at(-1)?.request.sessionId).toBe(id);
    // What the client added is all that is new.
    expect(await exportNow(scene)).toMatchObject({ exitCode: 0 });
    expect(await run('--verify')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('3 segments') });
  });
});
