import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openArchiveSizes } from '../../../src/main/archive/archive-sizes.js';
import { tempFolder } from '../../support/temp-folder.js';

const idOf = (index: number) => `0a1b2c3d-1111-4222-8333-${String(index).padStart(12, '0')}`;
const segment = '2026-11-01-101507-0a1b2c3d-76pct';

let storage: string;
let exportsArchive: string;
const file = () => path.join(storage, 'index', 'archive-sizes.json');
const open = () => openArchiveSizes({ exportsArchive, file: file(), now: () => new Date() });

/** A session folder that was last written to a while ago. */
async function archive(index: number, files: Readonly<Record<string, number>>): Promise<string> {
  const folder = path.join(exportsArchive, idOf(index));
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), Buffer.alloc(bytes));
  }
  await rest(folder);
  return folder;
}

async function rest(folder: string): Promise<void> {
  const at = new Date(Date.now() - 60_000);
  await utimes(folder, at, at);
}

beforeEach(() => {
  storage = tempFolder();
  exportsArchive = path.join(storage, 'exports-archive');
});

describe('the sizes of the archive', () => {
  it('are unknown before the first look, and nothing where there is no archive', async () => {
    const sizes = await open();
    expect(sizes.totals()).toBeNull();
    await sizes.look();
    expect(sizes.totals()).toEqual({ bytes: 0, sessions: 0, largest: [] });
    expect(sizes.bytesOf(idOf(1))).toBeNull();
  });

  it('count every file of a session, its sidecars, and the loose files', async () => {
    await archive(1, { [`${segment}.jsonl.br`]: 100, [`${segment}.manifest.json`]: 10 });
    await archive(2, {
      [`${segment}.jsonl`]: 1000,
      [`${segment}.manifest.json`]: 10,
      [`${segment}.sidecars/0001-a.jsonl`]: 500,
    });
    await mkdir(path.join(exportsArchive, 'no session'));
    await writeFile(path.join(exportsArchive, 'loose.txt'), 'x'.repeat(7));
    await symlink(path.join(exportsArchive, idOf(2)), path.join(exportsArchive, idOf(3)));
    const sizes = await open();
    expect(await sizes.look()).toEqual({ measured: 2, changed: true, hasOthers: true });
    expect(sizes.totals()).toEqual({
      bytes: 1627,
      sessions: 2,
      largest: [
        { sessionId: idOf(2), bytes: 1510 },
        { sessionId: idOf(1), bytes: 110 },
      ],
    });
    expect(sizes.withPlain()).toEqual([idOf(2)]);
  });

  it('lists only what has changed, also after a restart, and forgets what is gone', async () => {
    for (const index of [1, 2, 3]) await archive(index, { [`${segment}.jsonl.br`]: index * 100 });
    const first = await open();
    expect(await first.look()).toMatchObject({ measured: 3 });
    await rest(exportsArchive);
    await first.look();
    expect(await first.save()).toBe(true);
    expect((await stat(file())).mode & 0o777).toBe(0o600);

    const second = await open();
    expect(second.totals()).toMatchObject({ bytes: 600, sessions: 3 });
    expect(await second.look()).toEqual({ measured: 0, changed: false, hasOthers: false });
    expect(await second.save()).toBe(false);
    await rm(path.join(exportsArchive, idOf(3)), { recursive: true });
    expect(await second.look()).toEqual({ measured: 0, changed: true, hasOthers: true });
    expect(second.totals()).toMatchObject({ bytes: 300, sessions: 2 });
    await second.save();

    await writeFile(path.join(exportsArchive, idOf(2), `${segment}-2.jsonl`), 'more');
    const third = await open();
    expect(await third.look()).toEqual({ measured: 1, changed: true, hasOthers: false });
    expect(third.totals()).toMatchObject({ bytes: 304, sessions: 2 });
    expect(third.withPlain()).toEqual([idOf(2)]);
    // It was written to just now, so that its time proves nothing yet.
    expect(await third.look()).toMatchObject({ measured: 1, changed: false });
    await rest(path.join(exportsArchive, idOf(2)));
    await third.look();
    expect(await third.look()).toMatchObject({ measured: 0 });
  });

  it('takes in what was archived just now without looking at the others', async () => {
    for (const index of [1, 2]) await archive(index, { [`${segment}.jsonl.br`]: 100 });
    const sizes = await open();
    await sizes.look();
    await archive(1, { [`${segment}-2.jsonl`]: 50 });
    await archive(2, { [`${segment}-2.jsonl`]: 50 });
    expect(await sizes.lookAt(idOf(1))).toEqual({ measured: 1, changed: true, hasOthers: false });
    expect(sizes.totals()?.bytes).toBe(250);
    await writeFile(path.join(exportsArchive, 'loose.jsonl'), 'x');
    await sizes.lookAt(null);
    expect(sizes.totals()?.bytes).toBe(251);
    await sizes.lookAt(idOf(2));
    expect(sizes.totals()?.bytes).toBe(301);
  });

  it('begin anew where what was remembered is damaged', async () => {
    await archive(1, { [`${segment}.jsonl.br`]: 100 });
    await mkdir(path.dirname(file()), { recursive: true });
    for (const text of ['{', '{"version":1}', '']) {
      await writeFile(file(), text);
      const sizes = await open();
      expect(sizes.totals()).toBeNull();
      await sizes.look();
      expect(sizes.totals()?.bytes).toBe(100);
    }
  });

  it('of an archive at rest take no listing and no writing', async () => {
    for (let index = 0; index < 300; index += 1)
      await mkdir(path.join(exportsArchive, idOf(index)), { recursive: true });
    const folders = (await readdir(exportsArchive)).map((name) => path.join(exportsArchive, name));
    for (const folder of folders) await rest(folder);
    await rest(exportsArchive);
    const sizes = await open();
    await sizes.look();
    await sizes.save();
    const before = await readFile(file());
    expect(await sizes.look()).toEqual({ measured: 0, changed: false, hasOthers: false });
    expect(await sizes.save()).toBe(false);
    expect((await readFile(file())).equals(before)).toBe(true);
  });
});
