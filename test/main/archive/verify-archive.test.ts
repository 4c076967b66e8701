import { brotliCompressSync } from 'node:zlib';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import { verifyArchive, type VerifyProgress } from '../../../src/main/archive/verify-archive.js';
import { chainOf, formatManifest, readManifest } from '../../../src/main/export/segment-manifest.js';
import { compressedNameOf, manifestNameOf, sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import { sha256 } from '../../../src/main/export/source-check.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { makeArchivedScene, type ArchivedScene } from './archived-scene.js';

/** Three segments: compressed, archived, pending. */
async function threeSegments(): Promise<ArchivedScene & { readonly names: readonly [string, string, string] }> {
  const scene = await makeArchivedScene();
  const first = await scene.archiveLines(userLine('u1', 'one '.repeat(100)));
  await compressSession({
    sessionId,
    folders: scene.folders,
    setAside: scene.setAside,
    now: () => new Date(),
    plainForMs: 0,
    budgetBytes: Number.POSITIVE_INFINITY,
  });
  const second = await scene.archiveLines(userLine('u2', 'two'));
  const third = await scene.exportLines(userLine('u3', 'three'));
  return { ...scene, names: [first, second, third] };
}

async function everyFile(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).toSorted();
  return Promise.all(names.map(async (name) => `${name} ${(await stat(path.join(folder, name))).mtimeMs}`));
}

/** The faults as `kind name`. */
async function faultsOf({ folders }: ArchivedScene): Promise<readonly string[]> {
  const { faults } = await verifyArchive(folders);
  for (const fault of faults) {
    expect(fault.sessionId).toBe(sessionId);
    expect(fault.mend).toMatch(/\.$/);
  }
  return faults.map(({ kind, name }) => `${kind} ${name}`);
}

it('finds nothing wrong in what was exported, says how much it read, and changes no file', async () => {
  const scene = await threeSegments();
  const storage = path.dirname(scene.folders.exportsArchive);
  const before = await everyFile(storage);
  const told: VerifyProgress[] = [];
  const report = await verifyArchive(scene.folders, { onProgress: (progress) => told.push(progress) });
  const bytes = (await scene.source()).length;
  expect(report).toEqual({ sessions: 1, segments: 3, sidecarPieces: 0, bytes, faults: [] });
  expect(told).toEqual([{ sessions: 1, ofSessions: 1, bytes, faults: 0 }]);
  expect(await everyFile(storage)).toEqual(before);
});

it('finds nothing in an archive that is not there yet', async () => {
  const { folders } = await makeArchivedScene();
  expect(await verifyArchive(folders)).toMatchObject({ sessions: 0, segments: 0, bytes: 0, faults: [] });
});

it('names one changed byte, in a plain segment as in a compressed one', async () => {
  const scene = await threeSegments();
  const [first, second] = scene.names;
  const plain = scene.inArchive(second);
  const bytes = await readFile(plain);
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  const { atime, mtime } = await stat(plain);
  await writeFile(plain, bytes);
  await utimes(plain, atime, mtime);
  const other = brotliCompressSync(Buffer.from(userLine('u1', 'uno '.repeat(100))));
  await writeFile(scene.inArchive(compressedNameOf(first)), other);
  expect(await faultsOf(scene)).toEqual([`damaged ${first}`, `damaged ${second}`]);
});

it('names what is missing or cut', async () => {
  const scene = await threeSegments();
  const [first, second, third] = scene.names;
  await writeFile(scene.inArchive(compressedNameOf(first)), 'x');
  await rm(scene.inArchive(second));
  const pending = path.join(scene.folders.exportsPending, third);
  await writeFile(pending, (await readFile(pending)).subarray(0, -1));
  expect(await faultsOf(scene)).toEqual([`damaged ${first}`, `missing ${second}`, `damaged ${third}`]);
});

it('names what a lost and a damaged manifest leave behind', async () => {
  const scene = await threeSegments();
  const [first, second, third] = scene.names;
  await rm(scene.inArchive(manifestNameOf(first)));
  expect(await faultsOf(scene)).toEqual([`broken-chain ${second}`, `no-manifest ${first}`]);
  await writeFile(scene.inArchive(manifestNameOf(second)), '{}');
  expect(await faultsOf(scene)).toEqual([
    `bad-manifest ${manifestNameOf(second)}`,
    `broken-chain ${third}`,
    `no-manifest ${first}`,
  ]);
});

it('looks at the segments of earlier generations too, and asks for none that was exported again', async () => {
  const scene = await threeSegments();
  const [, second, third] = scene.names;
  await writeFile(scene.sourcePath, userLine('u1', 'one '.repeat(100)));
  await scene.archiveLines(userLine('u9', 'instead'));
  await writeFile(scene.inArchive(second), 'spoilt');
  expect(await faultsOf(scene)).toEqual([`damaged ${second}`]);

  const again = await threeSegments();
  await rm(path.join(again.folders.exportsPending, again.names[2]));
  expect(await faultsOf(again)).toEqual([`missing ${again.names[2]}`]);
  await again.exportLines();
  expect(await faultsOf(again)).toEqual([]);
  expect(third).not.toBe('');
});

it('follows the pieces of sidecars', async () => {
  const scene = await makeArchivedScene();
  const pieces = [Buffer.from(userLine('s1')), Buffer.from(userLine('s2'))] as const;
  let [chain, start] = ['', 0];
  const names: string[] = [];
  for (const piece of pieces) {
    const name = await scene.archiveLines(userLine(`u${names.length}`));
    const read = await readManifest(scene.inArchive(manifestNameOf(name)));
    if (read.kind !== 'valid') throw new Error(read.kind);
    chain = chainOf(chain, sha256(piece));
    const entry = {
      path: `${sessionId}/subagents/agent-a1.jsonl`,
      file: '0001-agent-a1.jsonl',
      kind: 'lines' as const,
      range: { start, end: start + piece.length },
      sha256: sha256(piece),
      chain,
      generation: 0,
      source: { inode: '1', sizeBytes: piece.length, modifiedNs: '1' },
      tail: { bytes: 0, sha256: sha256(Buffer.alloc(0)) },
    };
    start += piece.length;
    await writeFile(scene.inArchive(manifestNameOf(name)), formatManifest({ ...read.manifest, sidecars: [entry] }));
    await mkdir(scene.inArchive(sidecarsNameOf(name)));
    await writeFile(scene.inArchive(sidecarsNameOf(name), entry.file), piece);
    names.push(name);
  }
  const [first = '', second = ''] = names;
  expect(await verifyArchive(scene.folders)).toMatchObject({ sidecarPieces: 2, faults: [] });
  await writeFile(scene.inArchive(sidecarsNameOf(second), '0001-agent-a1.jsonl'), 'spoilt');
  await rm(scene.inArchive(sidecarsNameOf(first)), { recursive: true });
  expect(await faultsOf(scene)).toEqual([
    `missing ${sidecarsNameOf(first)}/0001-agent-a1.jsonl`,
    `damaged ${sidecarsNameOf(second)}/0001-agent-a1.jsonl`,
  ]);
  await rm(scene.inArchive(manifestNameOf(first)));
  expect(await faultsOf(scene)).toContain(`broken-chain ${second}`);
});

it('ends when it is told to', async () => {
  const scene = await threeSegments();
  const stopping = new AbortController();
  const verifying = verifyArchive(scene.folders, { signal: stopping.signal });
  stopping.abort(new Error('Enough.'));
  await expect(verifying).rejects.toThrow('Enough.');
});
