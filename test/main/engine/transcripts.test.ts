import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { engineScene } from '../../support/engine-scene.js';
import { buildForNode } from '../archive/build-for-node.js';

const id = '11111111-2222-4333-8444-555555555555';
let workerUrl: URL;
beforeAll(async () => {
  workerUrl = await buildForNode('src/main/archive/entry-index-worker.ts');
}, 60_000);

const said = (uuid: string, content: string) =>
  JSON.stringify({ type: 'user', uuid, timestamp: '2026-11-01T10:00:00.000Z', message: { role: 'user', content } });

it('makes the page in a thread, at an entry, and the page goes with the archive', async () => {
  const scene = engineScene();
  scene.write(
    id,
    Array.from({ length: 4000 }, (_, index) => said(`u${index}`, 'word '.repeat(1000))),
  );
  const engine = await scene.start({ entryIndexWorker: workerUrl });
  await engine.settled();
  expect(await engine.transcriptPage(id, null)).toMatchObject({ kind: 'none' });
  expect(await engine.exportNow(id)).toMatchObject({ kind: 'done' });
  const page = path.join(scene.storage, 'transcripts', `${id}.html`);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const both = await Promise.all([engine.transcriptPage(id, null), engine.transcriptPage(id, 'u7"><b>')]);
  delay.disable();
  const leading = path.join(scene.storage, 'transcripts', `${id}.at.html`);
  expect(both).toEqual([
    { kind: 'page', path: page },
    { kind: 'page', path: leading },
  ]);
  expect((await readFile(page, 'utf8')).length).toBeGreaterThan(20_000_000);
  // 20 MB in this thread would hold it up for longer in one piece or another.
  expect(delay.max / 1e6).toBeLessThan(500);
  expect(readFileSync(leading, 'utf8')).toContain(`${id}.html#m-u7___b_"`);
  await expect.poll(() => engine.state().pendingExports.length, { timeout: 20_000 }).toBe(0);
  expect(await engine.deleteArchived(id, async () => undefined)).toEqual({ kind: 'deleted' });
  expect([existsSync(page), existsSync(leading)]).toEqual([false, false]);
  expect(await engine.transcriptPage('../../etc/passwd', null)).toMatchObject({ kind: 'none' });
}, 60_000);
