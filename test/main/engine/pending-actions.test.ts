import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import { engineScene, type EngineScene } from '../../support/engine-scene.js';
import { waitUntil } from '../../support/wait-until.js';

const id = '11111111-2222-4333-8444-555555555555';

const inPending = (scene: EngineScene, ...names: string[]) => path.join(scene.storage, 'exports-pending', ...names);
const inAside = (scene: EngineScene) => readdirSync(path.join(scene.storage, 'set-aside')).toSorted();
const names = (engine: Engine) => engine.state().pendingExports.map(({ name }) => name);

/** An engine with an export that can't be archived, for a file is where the index should be. */
async function startBlocked() {
  const scene = engineScene();
  mkdirSync(scene.storage, { recursive: true });
  writeFileSync(path.join(scene.storage, 'index'), 'in the way');
  scene.write(id, 100_000);
  const engine = await scene.start();
  await engine.exportNow(id);
  const name = await waitUntil('the failed export', () => {
    const [first] = engine.state().pendingExports;
    return first?.state === 'retrying' ? first.name : null;
  });
  return { scene, engine, name };
}

it('one file is tried again at once, with its reason where it fails again', async () => {
  const { scene, engine, name } = await startBlocked();
  expect(await engine.retryPending(name)).toMatchObject({
    kind: 'failed',
    message: expect.any(String),
    mend: expect.any(String),
  });
  await waitUntil('the second attempt', () => (engine.state().pendingExports[0]?.attempts === 2 ? true : null));
  rmSync(path.join(scene.storage, 'index'));
  expect(await engine.retryPending(name)).toEqual({
    kind: 'done',
    message: `Archived: ${path.join(scene.storage, 'exports-archive', id, name)}`,
  });
  expect(await engine.retryPending(null)).toEqual({
    kind: 'done',
    message: 'Archived: 0. Failed: 0. Still pending: 0.',
  });
});

it('a segment that is set aside takes its manifest along, and what it holds counts as not exported', async () => {
  const { scene, engine, name } = await startBlocked();
  expect(engine.state().sessions[0]?.unexportedMessages).toBe(0);
  expect(await engine.setPendingAside(name)).toMatchObject({ kind: 'done' });
  await waitUntil('the list', () => (engine.state().setAside[0]?.name === name ? true : null));
  expect(names(engine)).toEqual([]);
  expect(inAside(scene)).toEqual([name, name.replace('.jsonl', '.manifest.json')].toSorted());
  await waitUntil('the count', () => (engine.state().sessions[0]?.unexportedMessages === 2 ? true : null));
  expect(await engine.bringPendingBack(name)).toEqual({ kind: 'done', message: `Brought back: ${name}` });
  await waitUntil('the count', () => (engine.state().sessions[0]?.unexportedMessages === 0 ? true : null));
  expect(names(engine)).toEqual([name]);
  expect(engine.state().setAside).toEqual([]);
});

it('a name that is no pending file does nothing: paths, links, folders', async () => {
  const { scene, engine } = await startBlocked();
  const outside = path.join(scene.storage, 'outside.jsonl');
  writeFileSync(outside, 'x');
  symlinkSync(outside, inPending(scene, 'link.jsonl'));
  mkdirSync(inPending(scene, 'folder.jsonl'));
  for (const name of ['../outside.jsonl', outside, 'link.jsonl', 'folder.jsonl', 'none.jsonl', '']) {
    expect(await engine.setPendingAside(name)).toMatchObject({ kind: 'unknown' });
    expect(await engine.retryPending(name)).toMatchObject({ kind: 'unknown' });
    expect(await engine.bringPendingBack(name)).toMatchObject({ kind: 'unknown' });
    expect(await engine.pendingPath(name)).toBeNull();
  }
  expect(existsSync(outside)).toBe(true);
  expect(existsSync(path.join(scene.storage, 'set-aside'))).toBe(false);
});

it('the path of a pending file is told by its name', async () => {
  const { scene, engine, name } = await startBlocked();
  expect(await engine.pendingPath(name)).toBe(inPending(scene, name));
});

it('a loose file can be set aside before it was taken', async () => {
  const { scene, engine } = await startBlocked();
  writeFileSync(inPending(scene, 'notes.txt'), 'notes');
  expect(await engine.setPendingAside('notes.txt')).toMatchObject({ kind: 'done' });
  expect(inAside(scene)).toEqual(['notes.txt']);
  truncateSync(path.join(scene.storage, 'set-aside', 'notes.txt'), 0);
});
