import {
  appendFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import type { RestoreStep } from '../../../src/main/archive/restore-file.js';
import { restoreSession, type RestoreRequest } from '../../../src/main/archive/restore-session.js';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { manifestNameOf } from '../../../src/main/export/segment-name.js';
import { assistantLine, failureOf, metadataLine, sessionId, userLine } from '../export/export-fixture.js';
import { makeArchivedScene, type ArchivedScene } from './archived-scene.js';

const rootOf = ({ sourcePath }: ArchivedScene) => path.dirname(path.dirname(sourcePath));

function restore(scene: ArchivedScene, change: Partial<RestoreRequest> = {}) {
  return restoreSession({
    session: sessionId,
    into: null,
    roots: [path.join(scene.folder, 'other-root'), rootOf(scene)],
    folders: scene.folders,
    cleanupDays: async () => 30,
    now: () => new Date(),
    ...change,
  });
}

/** A session in three segments (compressed, archived, pending), as it was on the disk then. */
async function exportedScene(): Promise<ArchivedScene & { readonly original: Buffer; readonly modifiedMs: number }> {
  const scene = await makeArchivedScene();
  const { folders, setAside } = scene;
  await scene.archiveLines(userLine('u1', 'one '.repeat(100)));
  const budgetBytes = Number.POSITIVE_INFINITY;
  await compressSession({ sessionId, folders, setAside, now: () => new Date(), plainForMs: 0, budgetBytes });
  await scene.archiveLines(assistantLine('a1', 'm1'), metadataLine, 'no json\n');
  await scene.exportLines(userLine('u2', 'ä'.repeat(1000)));
  const { mtimeMs } = await stat(scene.sourcePath);
  return { ...scene, original: await scene.source(), modifiedMs: Math.floor(mtimeMs) };
}

/** Writes the session file as if it had last been written so many seconds after the original. */
async function standing(scene: ArchivedScene & { readonly modifiedMs: number }, bytes: Buffer, laterSeconds: number) {
  await writeFile(scene.sourcePath, bytes);
  const at = new Date(scene.modifiedMs + laterSeconds * 1000);
  await utimes(scene.sourcePath, at, at);
}

describe('restoring a session', () => {
  it('brings it back byte for byte where it was, with its time, though its folder and all else is gone', async () => {
    const scene = await exportedScene();
    await rm(rootOf(scene), { recursive: true });
    expect(await restore(scene)).toEqual({
      kind: 'restored',
      sessionId,
      path: scene.sourcePath,
      bytes: scene.original.length,
      isStampedNow: false,
      sidecars: { restored: 0, alreadyThere: 0, problems: [] },
    });
    expect((await scene.source()).equals(scene.original)).toBe(true);
    const facts = await stat(scene.sourcePath);
    expect(facts.mode & 0o777).toBe(0o600);
    expect(Math.round(facts.mtimeMs)).toBe(scene.modifiedMs);
    expect(await readdir(path.dirname(scene.sourcePath))).toEqual([path.basename(scene.sourcePath)]);
    // Nothing of it is exported again.
    expect(await scene.exportNow()).toMatchObject({ kind: 'nothing-new' });
    expect(await restore(scene)).toMatchObject({ kind: 'already-there', isStampedNow: false });
  });

  it('restores the session as it was after a rewrite', async () => {
    const scene = await exportedScene();
    await writeFile(scene.sourcePath, userLine('u1', 'one '.repeat(100)));
    await scene.archiveLines(userLine('u7', 'another way'));
    const original = await scene.source();
    await rm(scene.sourcePath);
    expect(await restore(scene)).toMatchObject({ kind: 'restored' });
    expect((await scene.source()).equals(original)).toBe(true);
  });

  it('leaves the time at now for a session that the client would delete as too old', async () => {
    const scene = await exportedScene();
    await rm(scene.sourcePath);
    const now = () => new Date(scene.modifiedMs + 29.5 * 24 * 3_600_000);
    expect(await restore(scene, { now })).toMatchObject({ kind: 'restored', isStampedNow: true });
    expect((await stat(scene.sourcePath)).mtimeMs).toBeGreaterThan(scene.modifiedMs);
    const into = path.join(scene.folder, 'kept');
    expect(await restore(scene, { now, into })).toMatchObject({ kind: 'restored', isStampedNow: false });
  });

  it('takes the start of an id, and asks for more of one that fits several', async () => {
    const scene = await exportedScene();
    await rm(scene.sourcePath);
    expect(await restore(scene, { session: sessionId.slice(0, 7) })).toMatchObject({ kind: 'unknown-session' });
    expect(await restore(scene, { session: 'ffffffff' })).toMatchObject({ kind: 'unknown-session' });
    const other = sessionId.replace(/6$/, '7');
    await mkdir(path.join(scene.folders.exportsArchive, other));
    const several = await restore(scene, { session: sessionId.slice(0, 8) });
    expect(several).toMatchObject({ kind: 'unknown-session', message: expect.stringContaining(other) });
    expect(await restore(scene, { session: sessionId.toUpperCase() })).toMatchObject({ kind: 'restored' });
  });

  it('restores into a folder of the user, which it makes', async () => {
    const scene = await exportedScene();
    const into = path.join(scene.folder, 'brought', 'back');
    expect(await restore(scene, { into })).toMatchObject({ path: path.join(into, `${sessionId}.jsonl`) });
    expect((await readFile(path.join(into, `${sessionId}.jsonl`))).equals(scene.original)).toBe(true);
  });

  it('goes on from a file that was cut, and from an empty one', async () => {
    const scene = await exportedScene();
    for (const length of [0, 150]) {
      await standing(scene, scene.original.subarray(0, length), 0);
      expect(await restore(scene)).toMatchObject({ kind: 'restored' });
      expect((await scene.source()).equals(scene.original)).toBe(true);
    }
  });

  it.each<[string, (original: Buffer) => Buffer, number, RegExp]>([
    ['larger', (original) => Buffer.concat([original, Buffer.from(metadataLine)]), -60, /larger/],
    ['newer', (original) => original.subarray(0, 150), 1, /newer/],
    ['another one of the same size', (original) => Buffer.alloc(original.length, 10), -60, /other lines/],
    ['another one that is shorter', () => Buffer.from(metadataLine), -60, /other lines/],
  ])('never touches a file that is %s', async (_, change, laterSeconds, reason) => {
    const scene = await exportedScene();
    const bytes = change(scene.original);
    await standing(scene, bytes, laterSeconds);
    const before = await stat(scene.sourcePath);
    expect(await restore(scene)).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(reason),
      mend: expect.stringContaining('another folder'),
      isOfPlace: true,
    });
    expect((await scene.source()).equals(bytes)).toBe(true);
    expect(await stat(scene.sourcePath)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect(await readdir(path.dirname(scene.sourcePath))).toHaveLength(1);
  });

  it('writes through no link and into no folder that has the name', async () => {
    const scene = await exportedScene();
    const elsewhere = path.join(scene.folder, 'elsewhere');
    await writeFile(elsewhere, '');
    await rm(scene.sourcePath);
    await symlink(elsewhere, scene.sourcePath);
    expect(await restore(scene)).toMatchObject({ kind: 'refused', message: expect.stringContaining('no file') });
    expect(await readFile(elsewhere, 'utf8')).toBe('');
    await rm(scene.sourcePath);
    await mkdir(scene.sourcePath);
    expect(await restore(scene)).toMatchObject({ kind: 'refused' });
  });

  it('leaves a file that appears or grows while it is being restored', async () => {
    const scene = await exportedScene();
    await rm(scene.sourcePath);
    const atStep = (step: RestoreStep) =>
      step === 'publish-restored' ? scene.append('written by the client\n') : undefined;
    expect(await restore(scene, { atStep })).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/changed/),
    });
    expect(String(await scene.source())).toBe('written by the client\n');

    await standing(scene, scene.original.subarray(0, 150), 0);
    const grows = async (step: RestoreStep) => {
      if (step === 'publish-restored') await appendFile(scene.sourcePath, 'more\n');
    };
    expect(await restore(scene, { atStep: grows })).toMatchObject({ kind: 'refused' });
    expect((await scene.source()).length).toBe(155);
  });

  it('refuses a place outside of the watched folders, and a session that lies elsewhere', async () => {
    const scene = await exportedScene();
    await rm(scene.sourcePath);
    expect(await restore(scene, { roots: [path.join(scene.folder, 'other-root')] })).toMatchObject({
      kind: 'refused',
      mend: expect.stringContaining('another folder'),
      isOfPlace: true,
    });
    const moved = path.join(rootOf(scene), '-moved', `${sessionId}.jsonl`);
    await mkdir(path.dirname(moved));
    await writeFile(moved, scene.original);
    expect(await restore(scene)).toMatchObject({ kind: 'refused', message: expect.stringContaining(moved) });
    await expect(lstat(scene.sourcePath)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('restores nothing of an archive that is damaged or has a hole', async () => {
    const scene = await exportedScene();
    await rm(scene.sourcePath);
    const [, second] = (await readExportLedger({ sessionId, ...scene.folders })).segments.map(({ name }) => name);
    const file = scene.inArchive(second ?? '');
    const bytes = await readFile(file);
    await writeFile(file, Buffer.alloc(bytes.length, 32));
    expect(await failureOf(restore(scene))).toMatchObject({
      code: 'DAMAGED',
      message: expect.stringContaining(second ?? ''),
    });
    await writeFile(file, bytes.subarray(1));
    expect(await failureOf(restore(scene))).toMatchObject({ code: 'DAMAGED' });
    await rm(file);
    expect(await failureOf(restore(scene))).toMatchObject({ code: 'ENOENT' });
    expect(await readdir(path.dirname(scene.sourcePath))).toEqual([]);
    await rename(scene.inArchive(manifestNameOf(second ?? '')), path.join(scene.folder, 'lost'));
    expect(await restore(scene)).toMatchObject({ kind: 'refused', message: expect.stringContaining('hole') });
  });

  it.each(['first-restored-byte', 'flush-restored', 'publish-restored', 'flush-restored-name'] as const)(
    'leaves nothing half-written when %s fails',
    async (failing) => {
      const scene = await exportedScene();
      await rm(scene.sourcePath);
      const atStep = (step: RestoreStep) => {
        if (step === failing) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      };
      expect(await failureOf(restore(scene, { atStep }))).toMatchObject({ code: 'ENOSPC' });
      const left = await readdir(path.dirname(scene.sourcePath));
      expect(left).toEqual(failing === 'flush-restored-name' ? [path.basename(scene.sourcePath)] : []);
      expect(await restore(scene)).toMatchObject({ kind: left.length > 0 ? 'already-there' : 'restored' });
      expect((await scene.source()).equals(scene.original)).toBe(true);
    },
  );

  it('looks at the free space first, and ends when it is told to', async () => {
    const scene = await exportedScene();
    await rm(scene.sourcePath);
    const failure = await failureOf(restore(scene, { freeBytes: async () => 1000 }));
    expect(failure).toMatchObject({ code: 'ENOSPC' });
    const signal = AbortSignal.abort(new Error('Enough.'));
    await expect(restore(scene, { signal })).rejects.toThrow('Enough.');
    expect(await readdir(path.dirname(scene.sourcePath))).toEqual([]);
  });
});
