import { utimes } from 'node:fs/promises';
import { describe, expect, inject, test } from 'vitest';
import { waitUntil } from '../support/wait-until.js';
import { startInteractiveScene } from './interactive-scene.js';
import { clientIsHere } from './scene.js';
import { reply } from './stand-in/answer.js';

describe.skipIf(!clientIsHere || !inject('hasTerminal'))('a client that sits idle for long', () => {
  test('is live until it ends', async () => {
    const scene = await startInteractiveScene();
    const client = await scene.start('claude-opus-5-5');
    await scene.turn('Hello.', reply(31_000));
    const { path } = await scene.sessionFile();
    const longAgo = new Date(Date.now() - 3_600_000);
    await waitUntil('the end of the turn', async () =>
      (await scene.once()).sessions[0]?.client?.status === 'idle' ? true : null,
    );

    await utimes(path, longAgo, longAgo);
    expect((await scene.once()).sessions[0]).toMatchObject({ live: true, state: 'live', client: { pid: client.pid } });
    await client.stop();
    await utimes(path, longAgo, longAgo);
    expect((await scene.once()).sessions.map(({ live }) => live)).not.toContain(true);
  });
});
