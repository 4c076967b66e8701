import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import { engineScene, type EngineScene } from '../../support/engine-scene.js';
import { waitUntil } from '../../support/wait-until.js';

const one = '11111111-2222-4333-8444-555555555555';

/** A session with one export in the archive. */
async function archivedScene(): Promise<EngineScene & { readonly engine: Engine; readonly archive: string }> {
  const scene = engineScene();
  scene.write(one, 40_000);
  const engine = await scene.start();
  await engine.settled();
  await engine.exportNow(one);
  await waitUntil('an empty queue', () => (engine.state().pendingExports.length === 0 ? true : null));
  const archive = path.join(scene.storage, 'exports-archive', one);
  expect(readdirSync(archive)).toHaveLength(2);
  return { ...scene, engine, archive };
}

it('verifies the archive and restores a session from it', async () => {
  const { engine, archive, sessionFile } = await archivedScene();
  const original = readFileSync(sessionFile(one));
  expect(await engine.verifyArchive({})).toMatchObject({ sessions: 1, segments: 1, faults: [] });
  rmSync(path.dirname(sessionFile(one)), { recursive: true });
  expect(await engine.restoreSession({ session: one.slice(0, 8), into: null })).toMatchObject({ kind: 'restored' });
  expect(readFileSync(sessionFile(one)).equals(original)).toBe(true);

  const [segment = ''] = readdirSync(archive).filter((name) => name.endsWith('.jsonl'));
  writeFileSync(path.join(archive, segment), 'spoilt');
  const told: number[] = [];
  const onProgress = ({ faults }: { readonly faults: number }) => void told.push(faults);
  expect(await engine.verifyArchive({ onProgress })).toMatchObject({ faults: [{ kind: 'damaged', name: segment }] });
  expect(told.at(-1)).toBe(1);
});

it('moves an archived session to the bin and counts it as not exported from then on', async () => {
  const { engine, archive, home, sessionFile } = await archivedScene();
  const bin = path.join(home, 'bin');
  mkdirSync(bin);
  const moveToBin = async (folder: string) => renameSync(folder, path.join(bin, path.basename(folder)));
  const session = () => engine.state().sessions.find(({ id }) => id === one);
  expect(session()).toMatchObject({ unexportedMessages: 0 });
  await waitUntil('the size', () => engine.state().archive.bytesBySession[one] ?? null);

  expect(await engine.deleteArchived(one, moveToBin)).toEqual({ kind: 'deleted' });
  expect(readdirSync(bin)).toEqual([one]);
  expect(readdirSync(path.dirname(archive))).toEqual([]);
  await waitUntil('the new count', () => (session()?.unexportedMessages === 2 ? true : null));
  await waitUntil('the new size', () => (engine.state().archive.bytes === 0 ? true : null));
  await engine.exportNow(one);
  const [segment = ''] = readdirSync(archive).filter((name) => name.endsWith('.jsonl'));
  expect(readFileSync(path.join(archive, segment), 'utf8')).toBe(readFileSync(sessionFile(one), 'utf8'));
});

it('deletes nothing for good, and nothing that is no archived session', async () => {
  const { engine, archive, storage } = await archivedScene();
  const asked: string[] = [];
  const failing = (folder: string) => {
    asked.push(folder);
    return Promise.reject(new Error('There is no bin.'));
  };
  expect(await engine.deleteArchived(one, failing)).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('There is no bin.'),
  });
  expect(readdirSync(archive)).toHaveLength(2);
  for (const id of ['../index', '', one.replace('1', '2')]) {
    expect(await engine.deleteArchived(id, failing)).toMatchObject({ kind: 'refused' });
  }
  expect(asked).toEqual([archive]);

  // What waits builds on what is archived.
  const [manifest = ''] = readdirSync(archive).filter((name) => name.endsWith('.json'));
  const pending = path.join(storage, 'exports-pending');
  for (const name of [manifest, manifest.replace('.manifest.json', '.jsonl')]) {
    writeFileSync(path.join(pending, name.replace('pct', 'pct-2')), readFileSync(path.join(archive, name)));
  }
  writeFileSync(path.join(pending, manifest.replace('.manifest.json', '.jsonl').replace('pct', 'pct-2')), 'spoilt');
  void engine.retryPending(null);
  await waitUntil('the waiting export', () => (engine.state().pendingExports.length === 1 ? true : null));
  expect(await engine.deleteArchived(one, failing)).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('not archived yet'),
  });
});
