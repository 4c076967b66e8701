import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
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
    Array.from({ length: 1500 }, (_, index) => said(`u${index}`, 'word '.repeat(1000))),
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
  expect((await readFile(page, 'utf8')).length).toBeGreaterThan(7_000_000);
  // Written in this thread, it would hold it up in one piece or another.
  expect(delay.max / 1e6).toBeLessThan(500);
  expect(readFileSync(leading, 'utf8')).toContain(`${id}.html#m-u7___b_"`);
  await expect.poll(() => engine.state().pendingExports.length, { timeout: 20_000 }).toBe(0);
  expect(await engine.deleteArchived(id, async () => undefined)).toEqual({ kind: 'deleted' });
  expect([existsSync(page), existsSync(leading)]).toEqual([false, false]);
  expect(await engine.transcriptPage('../../etc/passwd', null)).toMatchObject({ kind: 'none' });
}, 60_000);

it('needs no memory for what it has written', async () => {
  const scene = engineScene();
  scene.write(
    id,
    Array.from({ length: 15_000 }, (_, index) => said(`u${index}`, 'word '.repeat(400))),
  );
  const engine = await scene.start();
  await engine.settled();
  await engine.exportNow(id);
  const folders = {
    exportsPending: path.join(scene.storage, 'exports-pending'),
    exportsArchive: path.join(scene.storage, 'exports-archive'),
  };
  const request = { session: id, format: 'html', folders, maskSecrets: true, target: null };
  // 30 MB of session; a thread that held the lines, or the page, would end with ERR_WORKER_OUT_OF_MEMORY.
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 };
  const worker = new Worker(workerUrl, { workerData: { task: 'transcript', request }, resourceLimits });
  const reply = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  expect(reply).toMatchObject({ kind: 'done', outcome: { kind: 'written', troubles: [] } });
  expect(readFileSync(path.join(scene.storage, 'transcripts', `${id}.html`), 'utf8').length).toBeGreaterThan(
    30_000_000,
  );
}, 60_000);
