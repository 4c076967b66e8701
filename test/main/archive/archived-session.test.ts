import { brotliCompressSync } from 'node:zlib';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArchive, readArchivedSession } from '../../../src/main/archive/archived-session.js';
import { hashSegment, readSegment } from '../../../src/main/archive/segment-bytes.js';
import { readExportLedger, type ExportFolders, type LedgerSegment } from '../../../src/main/export/export-ledger.js';
import { compressedNameOf, manifestNameOf } from '../../../src/main/export/segment-name.js';
import { failureOf, sessionId, userLine } from '../export/export-fixture.js';
import { makeArchivedScene, type ArchivedScene } from './archived-scene.js';

/** Archives a pending segment; answers where it lies then. */
async function archived(fixture: ArchivedScene, name: string): Promise<string> {
  await fixture.archive(name);
  return fixture.inArchive(name);
}

async function compress(file: string): Promise<string> {
  const packed = compressedNameOf(file);
  await writeFile(packed, brotliCompressSync(await readFile(file)));
  await rm(file);
  return packed;
}

async function textOf(segment: LedgerSegment, folders: ExportFolders): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of readSegment(segment, folders)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('an archived session', () => {
  it('joins to the source whether its segments are pending, archived or compressed', async () => {
    const fixture = await makeArchivedScene();
    const first = await fixture.exportLines(userLine('u1'));
    const second = await fixture.exportLines(userLine('u2'), userLine('u3'));
    await fixture.exportLines(userLine('u4'));
    await compress(await archived(fixture, first));
    await fixture.archive(second);

    const session = await readArchivedSession(sessionId, fixture.folders);
    expect(session.segments.map(({ stored }) => stored?.compressed)).toEqual([true, false, false]);
    expect(session.segments.map(({ folder }) => path.basename(folder))).toEqual([
      sessionId,
      sessionId,
      'exports-pending',
    ]);
    expect((await fixture.joined()).equals(await fixture.source())).toBe(true);
    for (const segment of session.segments) {
      const { range, sha256 } = segment.manifest;
      const hashed = await hashSegment(segment, fixture.folders);
      expect(hashed).toEqual({ sha256, sizeBytes: range.end - range.start });
    }
    // The ledger counts the compressed one, so nothing is exported again.
    expect((await readExportLedger({ sessionId, ...fixture.folders })).segments).toHaveLength(3);
  });

  it('keeps the segments that a rewritten session no longer holds apart', async () => {
    const fixture = await makeArchivedScene();
    const kept = await fixture.exportLines(userLine('u1'));
    const cut = await fixture.exportLines(userLine('u2'));
    await writeFile(fixture.sourcePath, userLine('u1'));
    const added = await fixture.exportLines(userLine('u5', 'instead'));

    const session = await readArchivedSession(sessionId, fixture.folders);
    expect(session.segments.map(({ name }) => name)).toEqual([kept, added]);
    expect(session.superseded.map(({ name }) => name)).toEqual([cut]);
    expect((await fixture.joined()).equals(await fixture.source())).toBe(true);
  });

  it('takes the second copy of a lost segment that was exported again', async () => {
    const fixture = await makeArchivedScene();
    const lost = await fixture.exportLines(userLine('u1'));
    await rm(path.join(fixture.folders.exportsPending, lost));
    const again = await fixture.exportLines();

    const session = await readArchivedSession(sessionId, fixture.folders);
    expect(session.segments.map(({ name }) => name)).toEqual([again]);
    expect(session.superseded.map(({ name, stored }) => ({ name, stored }))).toEqual([{ name: lost, stored: null }]);
    expect((await fixture.joined()).equals(await fixture.source())).toBe(true);
  });

  it('names a lost segment and the way to mend it', async () => {
    const fixture = await makeArchivedScene();
    const lost = await fixture.exportLines(userLine('u1'));
    await fixture.exportLines(userLine('u2'));
    await rm(path.join(fixture.folders.exportsPending, lost));

    const { segments } = await readArchivedSession(sessionId, fixture.folders);
    expect(segments.map(({ stored }) => stored === null)).toEqual([true, false]);
    const failure = await failureOf(fixture.joined());
    expect(failure).toMatchObject({ code: 'ENOENT', message: expect.stringContaining(lost) });
    expect(failure.mend).toContain('backup');
  });

  it('follows a segment that moves on between the look and the reading', async () => {
    const fixture = await makeArchivedScene();
    const name = await fixture.exportLines(userLine('u1'));
    const { segments } = await readArchivedSession(sessionId, fixture.folders);
    const text = String(await fixture.source());
    const file = await archived(fixture, name);
    expect(await textOf(segments[0] as LedgerSegment, fixture.folders)).toBe(text);
    await compress(file);
    expect(await textOf(segments[0] as LedgerSegment, fixture.folders)).toBe(text);
  });

  it('says of a cut, a spoilt and an overlong compressed segment that it is damaged', async () => {
    const fixture = await makeArchivedScene();
    const name = await fixture.exportLines(userLine('u1', 'long '.repeat(1000)));
    const packed = await compress(await archived(fixture, name));
    const whole = await readFile(packed);
    const spoilt = Buffer.from(whole);
    spoilt.fill(0xff, 4, 24);
    const overlong = brotliCompressSync(Buffer.concat([await fixture.source(), Buffer.from('more\n')]));
    for (const bytes of [whole.subarray(0, -4), spoilt, Buffer.alloc(0), overlong]) {
      await writeFile(packed, bytes);
      expect(await failureOf(fixture.joined())).toMatchObject({
        code: 'DAMAGED',
        message: expect.stringContaining(name),
      });
    }
  });

  it('follows no link in the place of a segment or of a session folder', async () => {
    const fixture = await makeArchivedScene();
    const file = await archived(fixture, await fixture.exportLines(userLine('u1')));
    const elsewhere = path.join(fixture.folder, 'elsewhere.jsonl');
    await rename(file, elsewhere);
    await symlink(elsewhere, file);
    expect((await readArchivedSession(sessionId, fixture.folders)).segments[0]?.stored).toBeNull();
    expect(await failureOf(fixture.joined())).toMatchObject({ code: 'ELOOP' });

    const folder = path.dirname(file);
    await rename(folder, path.join(fixture.folder, 'moved'));
    await symlink(path.join(fixture.folder, 'moved'), folder);
    expect((await readArchivedSession(sessionId, fixture.folders)).segments).toEqual([]);
  });

  it('ends the reading when it is told to', async () => {
    const fixture = await makeArchivedScene();
    await fixture.exportLines(userLine('u1'));
    const { segments } = await readArchivedSession(sessionId, fixture.folders);
    const signal = AbortSignal.abort(new Error('Enough.'));
    const reading = hashSegment(segments[0] as LedgerSegment, fixture.folders, { signal });
    await expect(reading).rejects.toThrow('Enough.');
  });
});

describe('the archive', () => {
  it('gives each session once, by its id, whether it is archived, pending or both', async () => {
    const fixture = await makeArchivedScene();
    const { folders } = fixture;
    await archived(fixture, await fixture.exportLines(userLine('u1')));
    await fixture.exportLines(userLine('u2'));
    // The same first eight characters, and only pending.
    const other = sessionId.replace(/5556666$/, '5556667');
    const otherSource = path.join(fixture.folder, `${other}.jsonl`);
    await writeFile(otherSource, userLine('o1'));
    const ledger = await readExportLedger({ sessionId: other, ...folders });
    await fixture.exportNow({ sourcePath: otherSource, sessionId: other, ledger });
    await mkdir(path.join(folders.exportsArchive, 'no session'), { recursive: true });

    const sessions: [string, number][] = [];
    for await (const session of readArchive(folders)) sessions.push([session.sessionId, session.segments.length]);
    expect(sessions).toEqual([
      [sessionId, 2],
      [other, 1],
    ]);
  });

  it('names manifests that can not be understood', async () => {
    const fixture = await makeArchivedScene();
    const file = await archived(fixture, await fixture.exportLines(userLine('u1')));
    await writeFile(manifestNameOf(file), '{"formatVersion": 1');
    const sessions = [];
    for await (const session of readArchive(fixture.folders)) sessions.push(session);
    expect(sessions).toMatchObject([{ sessionId, segments: [], damagedManifests: [manifestNameOf(file)] }]);
  });
});
