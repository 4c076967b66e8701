import { randomBytes } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import { copyFile, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CompressStep } from '../../../src/main/archive/compress-piece.js';
import { compressSession, type CompressSessionRequest } from '../../../src/main/archive/compress-session.js';
import { formatManifest, readManifest } from '../../../src/main/export/segment-manifest.js';
import { compressedNameOf, manifestNameOf, sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import { sha256 } from '../../../src/main/export/source-check.js';
import { mountSmallDisk } from '../export/small-disk.js';
import { failureOf, metadataLine, sessionId, userLine } from '../export/export-fixture.js';
import { makeArchivedScene, type ArchivedScene } from './archived-scene.js';

const hourMs = 3_600_000;
const steps: readonly CompressStep[] = [
  'compress',
  'flush-compressed',
  'read-back',
  'publish-compressed',
  'flush-compressed-name',
  'remove-plain',
];
const longLine = (uuid: string) => userLine(uuid, 'some words that come again and again, '.repeat(2000));

function compress({ folders, setAside }: ArchivedScene, change: Partial<CompressSessionRequest> = {}) {
  const now = () => new Date(Date.now() + 2 * hourMs);
  return compressSession({
    sessionId,
    folders,
    setAside,
    now,
    plainForMs: hourMs,
    budgetBytes: Number.POSITIVE_INFINITY,
    ...change,
  });
}

it('puts compressed files in the place of plain ones, and nothing is exported again', async () => {
  const scene = await makeArchivedScene();
  const names = [await scene.archiveLines(longLine('u1')), await scene.archiveLines(longLine('u2'), metadataLine)];
  const source = await scene.source();

  const done = await compress(scene);
  expect(done).toMatchObject({ files: 2, plainBytes: source.length, more: false, failures: [] });
  expect((await readdir(scene.inArchive())).toSorted()).toEqual(
    names.flatMap((name) => [compressedNameOf(name), manifestNameOf(name)]).toSorted(),
  );
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(scene.inArchive(compressedNameOf(name)))).size),
  );
  expect(done.compressedBytes).toBe((sizes[0] as number) + (sizes[1] as number));
  expect(done.compressedBytes).toBeLessThan(source.length / 50);
  expect((await stat(scene.inArchive(compressedNameOf(names[0] as string)))).mode & 0o777).toBe(0o600);

  expect((await scene.joined()).equals(source)).toBe(true);
  expect(await scene.exportNow()).toMatchObject({ kind: 'nothing-new' });
  await scene.archiveLines(longLine('u3'));
  expect((await scene.joined()).equals(await scene.source())).toBe(true);
  expect(await compress(scene)).toMatchObject({ files: 1 });
  expect(await compress(scene)).toMatchObject({ files: 0 });
});

it('leaves what was archived just now, and what is being archived', async () => {
  const scene = await makeArchivedScene();
  const name = await scene.archiveLines(longLine('u1'));
  expect(await compress(scene, { now: () => new Date() })).toMatchObject({ files: 0 });
  const pendingManifest = path.join(scene.folders.exportsPending, manifestNameOf(name));
  await copyFile(scene.inArchive(manifestNameOf(name)), pendingManifest);
  expect(await compress(scene)).toMatchObject({ files: 0 });
  await rm(pendingManifest);
  // A clock that was set back makes nothing wait for years.
  expect(await compress(scene, { now: () => new Date(0) })).toMatchObject({ files: 1 });
});

it('ends when its budget is used up, and goes on there the next time', async () => {
  const scene = await makeArchivedScene();
  for (const uuid of ['u1', 'u2', 'u3']) await scene.archiveLines(longLine(uuid));
  expect(await compress(scene, { budgetBytes: 100_000 })).toMatchObject({ files: 2, more: true });
  expect(await compress(scene, { budgetBytes: 100_000 })).toMatchObject({ files: 1, more: false });
  expect((await scene.joined()).equals(await scene.source())).toBe(true);
});

it('stops when it is told to, and leaves the plain file', async () => {
  const scene = await makeArchivedScene();
  const name = await scene.archiveLines(longLine('u1'));
  const stopping = new AbortController();
  const compressing = compress(scene, {
    signal: stopping.signal,
    atStep: () => stopping.abort(new Error('Enough.')),
  });
  await expect(compressing).rejects.toThrow('Enough.');
  expect((await readdir(scene.inArchive())).toSorted()).toEqual([name, manifestNameOf(name)].toSorted());
});

it.each(steps)('keeps the bytes when %s fails, and ends well the next time', async (failing) => {
  const scene = await makeArchivedScene();
  const name = await scene.archiveLines(longLine('u1'));
  const source = await scene.source();
  const atStep = (step: CompressStep) => {
    if (step === failing) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  expect(await failureOf(compress(scene, { atStep }))).toMatchObject({ code: 'ENOSPC', mend: expect.any(String) });
  expect((await scene.joined()).equals(source)).toBe(true);
  expect((await readdir(scene.inArchive())).filter((file) => file.includes('cw-tmp'))).toEqual([]);

  expect(await compress(scene)).toMatchObject({ files: 1, failures: [] });
  expect((await readdir(scene.inArchive())).toSorted()).toEqual(
    [compressedNameOf(name), manifestNameOf(name)].toSorted(),
  );
  expect((await scene.joined()).equals(source)).toBe(true);
});

it('leaves a plain file whose bytes are not those of its manifest, says so, and goes on with the others', async () => {
  const scene = await makeArchivedScene();
  const spoilt = await scene.archiveLines(longLine('u1'));
  const right = await scene.archiveLines(longLine('u2'));
  await writeFile(scene.inArchive(spoilt), 'something else');
  const { files, failures } = await compress(scene);
  expect(files).toBe(1);
  expect(failures).toMatchObject([{ code: 'DAMAGED', message: expect.stringContaining(spoilt) }]);
  expect((await readdir(scene.inArchive())).filter((name) => !name.endsWith('.json')).toSorted()).toEqual(
    [spoilt, compressedNameOf(right)].toSorted(),
  );
});

it('sets a damaged compressed file of an earlier run aside and keeps a right one', async () => {
  const scene = await makeArchivedScene();
  const names = [await scene.archiveLines(longLine('u1')), await scene.archiveLines(longLine('u2'))] as const;
  await writeFile(scene.inArchive(compressedNameOf(names[0])), 'no brotli');
  const right = brotliCompressSync(await readFile(scene.inArchive(names[1])));
  await writeFile(scene.inArchive(compressedNameOf(names[1])), right);
  expect(await compress(scene)).toMatchObject({ files: 2, failures: [] });
  expect(await readdir(scene.setAside)).toEqual([compressedNameOf(names[0])]);
  expect((await readFile(scene.inArchive(compressedNameOf(names[1])))).equals(right)).toBe(true);
  expect((await scene.joined()).equals(await scene.source())).toBe(true);
});

it('follows no link in the place of a segment, of a sidecar folder or of a session folder', async () => {
  const scene = await makeArchivedScene();
  const name = await scene.archiveLines(longLine('u1'));
  const elsewhere = path.join(scene.folder, 'elsewhere');
  await mkdir(elsewhere);
  await copyFile(scene.inArchive(name), path.join(elsewhere, name));
  await rm(scene.inArchive(name));
  await symlink(path.join(elsewhere, name), scene.inArchive(name));
  await symlink(elsewhere, scene.inArchive(sidecarsNameOf(name)));
  await symlink(elsewhere, path.join(scene.folders.exportsArchive, '1'.repeat(8)));
  expect(await compress(scene)).toMatchObject({ files: 0, failures: [] });
  expect(await readdir(elsewhere)).toEqual([name]);
});

it('compresses the pieces of sidecars too', async () => {
  const scene = await makeArchivedScene();
  const name = await scene.archiveLines(longLine('u1'));
  const read = await readManifest(scene.inArchive(manifestNameOf(name)));
  if (read.kind !== 'valid') throw new Error(read.kind);
  const piece = Buffer.from(longLine('s1'));
  const entry = {
    path: `${sessionId}/subagents/agent-a1.jsonl`,
    file: '0001-agent-a1.jsonl',
    kind: 'lines' as const,
    range: { start: 0, end: piece.length },
    sha256: sha256(piece),
    chain: sha256(Buffer.from(sha256(piece))),
    generation: 0,
    source: { inode: '1', sizeBytes: piece.length, modifiedNs: '1' },
    tail: { bytes: 0, sha256: sha256(Buffer.alloc(0)) },
  };
  await writeFile(
    scene.inArchive(manifestNameOf(name)),
    formatManifest({ ...read.manifest, sidecars: [entry, { ...entry, path: `${sessionId}/x`, file: '0002-lost' }] }),
  );
  await mkdir(scene.inArchive(sidecarsNameOf(name)));
  await writeFile(scene.inArchive(sidecarsNameOf(name), entry.file), piece);
  expect(await compress(scene)).toMatchObject({ files: 2, failures: [] });
  expect(await readdir(scene.inArchive(sidecarsNameOf(name)))).toEqual([compressedNameOf(entry.file)]);
  expect(await compress(scene)).toMatchObject({ files: 0 });
});

it('leaves the plain file and nothing else on a disk that is full', async (context) => {
  const scene = await makeArchivedScene();
  const disk = mountSmallDisk(scene.inArchive(), 512);
  if (!disk) return context.skip();
  onTestFinished(disk.unmount);
  const noise = randomBytes(200_000).toString('base64');
  const name = await scene.exportLines(userLine('u1', noise));
  for (const file of [name, manifestNameOf(name)]) {
    await copyFile(path.join(scene.folders.exportsPending, file), scene.inArchive(file));
    await rm(path.join(scene.folders.exportsPending, file));
  }
  await writeFile(scene.inArchive('filler'), Buffer.alloc(100_000, 1));
  const failure = await failureOf(compress(scene));
  expect(failure.code).toBe('ENOSPC');
  expect((await readdir(scene.inArchive())).toSorted()).toEqual([name, manifestNameOf(name), 'filler'].toSorted());
  expect((await scene.joined()).equals(await scene.source())).toBe(true);
  return undefined;
});
