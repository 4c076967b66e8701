import { mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { manifestNameOf } from '../../../src/main/export/segment-name.js';
import { finishUnfinishedExports } from '../../../src/main/export/unfinished-exports.js';
import { makeExportFixture, sessionId, userLine, type ExportFixture } from './export-fixture.js';

let fixture: ExportFixture;
let pending: string;
let setAside: string;
beforeEach(async () => {
  fixture = await makeExportFixture();
  pending = fixture.folders.exportsPending;
  setAside = path.join(path.dirname(pending), 'set-aside');
  await mkdir(pending, { recursive: true });
});
afterEach(() => fixture.remove());

const finish = () =>
  finishUnfinishedExports({
    folders: fixture.folders,
    setAside,
    findSources: async (prefix) => (sessionId.startsWith(prefix) ? [{ sessionId, path: fixture.sourcePath }] : []),
    now: () => new Date(),
    appVersion: '0.1.0',
    log: () => undefined,
  });

const ledger = () => readExportLedger({ sessionId, ...fixture.folders });
const name = '2026-11-01-101507-0a1b2c3d-80pct.jsonl';

/** A second segment without its manifest, as a crash leaves it. */
async function unfinished(text = userLine('u2')): Promise<void> {
  await fixture.append(userLine('u1'));
  await fixture.exportNow();
  await fixture.append(userLine('u2'));
  await writeFile(path.join(pending, name), text);
}

describe('finishUnfinishedExports', () => {
  it('does nothing without a folder or with whole exports', async () => {
    await fixture.append(userLine('u1'));
    await fixture.exportNow();
    const before = await readdir(pending);
    expect(await finish()).toEqual({ completed: [], setAside: [] });
    expect(await readdir(pending)).toEqual(before);
    await rm(pending, { recursive: true });
    expect(await finish()).toEqual({ completed: [], setAside: [] });
  });

  it('completes a segment whose bytes are those of the source', async () => {
    await unfinished();
    expect(await finish()).toEqual({ completed: [name], setAside: [] });
    const found = await ledger();
    expect(found.exportedBytes).toBe((await fixture.source()).length);
    expect(found.segments[1]?.manifest).toMatchObject({ recovered: true, percent: 80, messages: 1, generation: 0 });
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
    await fixture.append(userLine('u3'));
    expect(await fixture.exportNow()).toMatchObject({ kind: 'exported', manifest: { generation: 0, messages: 1 } });
  });

  it('takes what the export knew from the draft of its manifest, even when the source is gone', async () => {
    await unfinished();
    await rm(path.join(pending, name));
    const outcome = await fixture.exportNow({ late: true, trigger: 'compaction' });
    if (outcome.kind !== 'exported') throw new Error(outcome.kind);
    const manifest = manifestNameOf(outcome.name);
    await rename(path.join(pending, manifest), path.join(pending, `.${manifest}.999999999-0123456789ab.cw-tmp`));
    await rm(fixture.sourcePath);
    expect(await finish()).toEqual({ completed: [outcome.name], setAside: [] });
    expect((await ledger()).segments[1]?.manifest).toEqual(outcome.manifest);
    expect((await readdir(pending)).filter((file) => file.startsWith('.'))).toEqual([]);
  });

  it.each([
    ['other bytes', userLine('x2')],
    ['half a line', userLine('u2').slice(0, -5)],
    ['nothing', ''],
    ['more than the source has', userLine('u2') + userLine('u3')],
  ])('sets a segment with %s aside, unaltered', async (_, text) => {
    await unfinished(text);
    expect(await finish()).toEqual({ completed: [], setAside: [name] });
    expect(await readFile(path.join(setAside, name), 'utf8')).toBe(text);
    expect((await stat(setAside)).mode & 0o777).toBe(0o700);
    expect(await readdir(pending)).not.toContain(name);
    expect(await fixture.exportNow()).toMatchObject({ kind: 'exported', manifest: { messages: 1 } });
  });

  it('sets aside what belongs to no known session, under a free name', async () => {
    await mkdir(setAside);
    const other = name.replace('0a1b2c3d', 'ffffffff');
    await writeFile(path.join(setAside, other), 'earlier');
    await writeFile(path.join(pending, other), userLine('u2'));
    await finish();
    expect((await readdir(setAside)).toSorted()).toEqual([other.replace('.jsonl', '-2.jsonl'), other].toSorted());
    expect(await readFile(path.join(setAside, other), 'utf8')).toBe('earlier');
  });

  it('sets aside what was exported again since, although the bytes match its draft', async () => {
    await unfinished();
    await rm(path.join(pending, name));
    const outcome = await fixture.exportNow({ now: () => new Date('2026-11-01T10:15:07Z') });
    if (outcome.kind !== 'exported') throw new Error(outcome.kind);
    const manifest = manifestNameOf(outcome.name);
    await rename(path.join(pending, manifest), path.join(pending, `.${manifest}.999999999-0123456789ab.cw-tmp`));
    await fixture.exportNow({ now: () => new Date('2026-11-01T10:15:08Z') });
    expect(await finish()).toEqual({ completed: [], setAside: [outcome.name] });
    expect((await ledger()).segments).toHaveLength(2);
  });

  it('replaces a damaged manifest and keeps the damaged one', async () => {
    await unfinished();
    await writeFile(path.join(pending, manifestNameOf(name)), '{"formatVersion":1,');
    expect(await finish()).toEqual({ completed: [name], setAside: [] });
    expect(await readFile(path.join(setAside, manifestNameOf(name)), 'utf8')).toBe('{"formatVersion":1,');
    expect((await ledger()).segments).toHaveLength(2);
  });

  it('leaves loose files, folders and links alone', async () => {
    await writeFile(path.join(pending, 'loose.jsonl'), userLine('u1'));
    await mkdir(path.join(pending, name));
    await symlink('/etc/passwd', path.join(pending, name.replace('80pct', '81pct')));
    const before = await readdir(pending);
    expect(await finish()).toEqual({ completed: [], setAside: [] });
    expect(await readdir(pending)).toEqual(before);
  });

  it('removes temporary files of ours that nobody writes any more, and no others', async () => {
    const temporary = (owner: string) => `.0a1b2c3d.jsonl.${owner}-0123456789ab.cw-tmp`;
    const [gone, ours, alive, silent] = [
      temporary('999999999'),
      temporary(String(process.pid)),
      temporary(String(process.ppid)),
      `.x.json.${process.ppid}-abcdefabcdef.cw-tmp`,
    ];
    const foreign = ['.hidden.tmp', '.x.cw-tmp', 'x.123-0123456789ab.cw-tmp'];
    for (const file of [gone, ours, alive, silent, ...foreign]) await writeFile(path.join(pending, file), 'x');
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(path.join(pending, silent), longAgo, longAgo);
    await finish();
    expect((await readdir(pending)).toSorted()).toEqual([ours, alive, ...foreign].toSorted());
    await utimes(path.join(pending, ours), longAgo, longAgo);
    await finish();
    expect((await readdir(pending)).toSorted()).toEqual([alive, ...foreign].toSorted());
  });
});
