import { appendFile, copyFile, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { compressedNameOf, manifestNameOf } from '../../../src/main/export/segment-name.js';
import { failureOf, makeExportFixture, sessionId, userLine, type ExportFixture } from './export-fixture.js';

let fixture: ExportFixture;
beforeEach(async () => {
  fixture = await makeExportFixture();
});
afterEach(() => fixture.remove());

const ledger = () => readExportLedger({ sessionId, ...fixture.folders });

/** What the archive says the source is now. */
async function restored(): Promise<string> {
  const { segments } = await ledger();
  const parts = segments.map(({ name }) => readFile(path.join(fixture.folders.exportsPending, name), 'utf8'));
  return (await Promise.all(parts)).join('');
}

async function exportLines(...uuids: string[]): Promise<string> {
  await fixture.append(uuids.map((uuid) => userLine(uuid)).join(''));
  const outcome = await fixture.exportNow();
  if (outcome.kind !== 'exported') throw new Error(`not exported: ${outcome.kind}`);
  return outcome.name;
}

async function lastManifest() {
  return (await fixture.manifests()).at(-1)?.manifest;
}

describe('a source that was cut or rewritten', () => {
  it('starts a generation after the last segment that is still whole', async () => {
    await exportLines('u1', 'u2');
    const second = await exportLines('u3');
    await exportLines('u4', 'u5');
    // Cut within the third segment: u5 is taken off the tail, as the client does with a dropped message.
    await truncate(fixture.sourcePath, userLine('u1').length * 4);
    await fixture.append(userLine('u6'));
    await fixture.exportNow();
    expect(await lastManifest()).toMatchObject({
      generation: 1,
      baseSegment: second,
      range: { start: userLine('u1').length * 3 },
      messages: 2,
    });
    expect(await restored()).toBe((await fixture.source()).toString());
    await exportLines('u7');
    expect(await lastManifest()).toMatchObject({ generation: 1, baseSegment: second, messages: 1 });
    expect(await restored()).toBe((await fixture.source()).toString());
    expect(await fixture.manifests()).toHaveLength(5);
  });

  it('is exported in its own order though the clock was set back in between', async () => {
    await exportLines('u1');
    for (const [uuid, at] of [
      ['u2', '2030-01-01T00:00:00Z'],
      ['u3', '2020-01-01T00:00:00Z'],
      ['u4', '2020-01-01T00:00:00Z'],
    ] as const) {
      await fixture.append(userLine(uuid));
      expect(await fixture.exportNow({ now: () => new Date(at) })).toMatchObject({ kind: 'exported' });
    }
    expect(await restored()).toBe((await fixture.source()).toString());
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
  });

  it('continues the last segment when it lies in another file with the same bytes', async () => {
    const first = await exportLines('u1', 'u2');
    await copyFile(fixture.sourcePath, `${fixture.sourcePath}.copy`);
    await rename(`${fixture.sourcePath}.copy`, fixture.sourcePath);
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
    await exportLines('u3');
    expect(await lastManifest()).toMatchObject({ generation: 1, baseSegment: first, messages: 1 });
    expect(await restored()).toBe((await fixture.source()).toString());
  });

  it('starts at byte 0 when nothing matches', async () => {
    await exportLines('u1', 'u2');
    await writeFile(fixture.sourcePath, userLine('x1') + userLine('x2') + userLine('x3'));
    await fixture.exportNow();
    expect(await lastManifest()).toMatchObject({ generation: 1, baseSegment: null, range: { start: 0 }, messages: 3 });
    expect(await restored()).toBe((await fixture.source()).toString());
  });

  it('notices other bytes before the offset in a file that only seems to have grown', async () => {
    const first = await exportLines('u1');
    await exportLines('u2');
    await writeFile(fixture.sourcePath, userLine('u1') + userLine('xx') + userLine('u3'));
    await fixture.exportNow();
    expect(await lastManifest()).toMatchObject({ generation: 1, baseSegment: first, messages: 2 });
    expect(await restored()).toBe((await fixture.source()).toString());
  });

  it('goes back and forth through generations', async () => {
    await exportLines('u1');
    for (const uuid of ['a', 'b', 'c', 'd']) {
      await exportLines(`${uuid}1`, `${uuid}2`);
      await truncate(fixture.sourcePath, userLine('u1').length * 2);
      await exportLines(`${uuid}3`);
      expect(await restored()).toBe((await fixture.source()).toString());
    }
    expect((await ledger()).generation).toBe(4);
  });
});

describe('readExportLedger', () => {
  it('is empty for a session that was never exported', async () => {
    expect(await ledger()).toEqual({
      sessionId,
      segments: [],
      exportedBytes: 0,
      generation: 0,
      chain: '',
      lastExport: null,
      lastThresholdExportAt: null,
      sidecars: new Map(),
    });
  });

  it('finds segments in the pending folder and in the archive, compressed ones too', async () => {
    const { exportsPending, exportsArchive } = fixture.folders;
    const archive = path.join(exportsArchive, sessionId);
    await mkdir(archive, { recursive: true });
    const names = [await exportLines('u1'), await exportLines('u2'), await exportLines('u3')];
    for (const [index, name] of names.slice(0, 2).entries()) {
      await rename(path.join(exportsPending, name), path.join(archive, index === 0 ? compressedNameOf(name) : name));
      await rename(path.join(exportsPending, manifestNameOf(name)), path.join(archive, manifestNameOf(name)));
    }
    const found = await ledger();
    expect(found.segments.map(({ name }) => name)).toEqual(names);
    expect(found.exportedBytes).toBe((await fixture.source()).length);
    expect(found.lastExport).toMatchObject({ name: names[2], percent: 76.2, trigger: 'threshold', messages: 1 });
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
  });

  it('takes nothing else beside a manifest for its segment', async () => {
    const { exportsPending, exportsArchive } = fixture.folders;
    const name = await exportLines('u1');
    const file = path.join(exportsArchive, sessionId, name);
    await mkdir(`${file}.sidecars`, { recursive: true });
    await writeFile(`${file}.note`, 'mine');
    await rename(path.join(exportsPending, manifestNameOf(name)), manifestNameOf(file));
    await rm(path.join(exportsPending, name));
    expect((await ledger()).segments).toEqual([]);
  });

  it('finds the start of the cooldown behind exports of other triggers', async () => {
    const start = Date.parse('2026-11-01T10:00:00Z');
    for (const [index, trigger] of (['threshold', 'threshold', 'manual', 'compaction'] as const).entries()) {
      await fixture.append(userLine(`u${index}`));
      await fixture.exportNow({ trigger, now: () => new Date(start + index * 60_000) });
    }
    const found = await ledger();
    expect(found.lastThresholdExportAt).toBe('2026-11-01T10:01:00.000Z');
    expect(found.lastExport).toMatchObject({ trigger: 'compaction', at: '2026-11-01T10:03:00.000Z' });
  });

  it.each([
    ['its segment is gone', (segment: string) => rm(segment)],
    ['its segment was cut', (segment: string) => truncate(segment, 3)],
    ['it is damaged', (segment: string) => writeFile(manifestNameOf(segment), '{"formatVersion":1')],
    [
      'it names another session',
      async (segment: string) => {
        const text = await readFile(manifestNameOf(segment), 'utf8');
        await writeFile(manifestNameOf(segment), text.replaceAll(sessionId, sessionId.replace(/6$/, '7')));
      },
    ],
  ])('does not count a manifest when %s: its lines are exported again', async (_, damage) => {
    await exportLines('u1');
    const second = await exportLines('u2');
    await damage(path.join(fixture.folders.exportsPending, second));
    expect((await ledger()).exportedBytes).toBe(userLine('u1').length);
    await fixture.exportNow({ trigger: 'manual' });
    expect(await restored()).toBe((await fixture.source()).toString());
  });

  it('keeps fields that it does not know and reads a manifest of a later version', async () => {
    const name = await exportLines('u1');
    const file = path.join(fixture.folders.exportsPending, manifestNameOf(name));
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...manifest, formatVersion: 2, laterField: ['x'] }));
    expect((await ledger()).segments[0]?.manifest).toMatchObject({ formatVersion: 2, laterField: ['x'] });
  });

  it('goes on after a hole in the archive', async () => {
    await exportLines('u1');
    const second = await exportLines('u2');
    await exportLines('u3');
    await rm(path.join(fixture.folders.exportsPending, second));
    expect((await ledger()).exportedBytes).toBe((await fixture.source()).length);
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
  });

  it('says so when the folder can not be read, and never takes that for nothing exported', async () => {
    await appendFile(fixture.sourcePath, userLine('u1'));
    await mkdir(path.dirname(fixture.folders.exportsArchive));
    await writeFile(fixture.folders.exportsArchive, 'a file');
    expect(await failureOf(ledger())).toMatchObject({ code: 'ENOTDIR' });
  });
});
