import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPrivateFolder, writeFileAtomically } from '../../../src/main/export/atomic-file.js';
import { duplicateFile, moveFile } from '../../../src/main/export/move-file.js';
import { failureOf } from './export-fixture.js';
import { mountSmallDisk } from './small-disk.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cw-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const inFolder = (...names: string[]) => path.join(folder, ...names);
const permissions = async (file: string) => (await stat(file)).mode & 0o777;
const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

describe('writeFileAtomically', () => {
  it('makes a private file, replaces one, and leaves nothing else', async () => {
    await writeFileAtomically(inFolder('a.json'), 'one');
    await writeFileAtomically(inFolder('a.json'), Buffer.from('two'));
    expect(await readFile(inFolder('a.json'), 'utf8')).toBe('two');
    expect(await permissions(inFolder('a.json'))).toBe(0o600);
    await writeFileAtomically(inFolder('b'), '', { mode: 0o640 });
    expect(await permissions(inFolder('b'))).toBe(0o640);
    expect(await readdir(folder)).toEqual(['a.json', 'b']);
  });

  it('writes no half file for the readers: they see old or new', async () => {
    const [old, fresh] = ['o'.repeat(3_000_000), 'n'.repeat(3_000_000)];
    await writeFileAtomically(inFolder('a'), old);
    const writing = writeFileAtomically(inFolder('a'), fresh);
    const seen = new Set<string>();
    for (let look = 0; look < 20; look += 1) seen.add(await readFile(inFolder('a'), 'utf8'));
    await writing;
    for (const text of seen) expect(text === old || text === fresh).toBe(true);
    expect(await readFile(inFolder('a'), 'utf8')).toBe(fresh);
  });

  it('replaces a link instead of writing through it', async () => {
    await writeFile(inFolder('precious'), 'precious');
    await symlink(inFolder('precious'), inFolder('a'));
    await writeFileAtomically(inFolder('a'), 'new');
    expect(await readFile(inFolder('precious'), 'utf8')).toBe('precious');
  });

  it.each([
    ['ENOENT', () => inFolder('missing', 'a')],
    ['EISDIR', () => folder],
  ])('cleans up and names the mend on %s', async (code, target) => {
    await mkdir(inFolder('sub'));
    const failure = await failureOf(writeFileAtomically(target(), 'x'));
    expect(failure.code).toBe(code);
    expect(failure.mend).not.toBe('');
    expect(failure.message).not.toContain(failure.mend);
    expect(await readdir(folder)).toEqual(['sub']);
  });

  it('reports a disk that is really full, and leaves nothing on it', async (context) => {
    const disk = mountSmallDisk(inFolder('disk'), 64);
    if (!disk) return context.skip('a small disk can be mounted by root on Linux only');
    try {
      await writeFileAtomically(inFolder('disk', 'a'), 'old');
      const failure = await failureOf(writeFileAtomically(inFolder('disk', 'a'), Buffer.alloc(100_000)));
      expect(failure).toMatchObject({ code: 'ENOSPC', mend: expect.stringMatching(/Free some space/) });
      expect(await readdir(inFolder('disk'))).toEqual(['a']);
      expect(await readFile(inFolder('disk', 'a'), 'utf8')).toBe('old');
    } finally {
      disk.unmount();
    }
  });
});

describe('createPrivateFolder', () => {
  it('makes what is missing private and changes nothing that exists', async () => {
    await chmod(folder, 0o755);
    await createPrivateFolder(inFolder('a', 'b'));
    await createPrivateFolder(folder);
    expect(await permissions(inFolder('a'))).toBe(0o700);
    expect(await permissions(inFolder('a', 'b'))).toBe(0o700);
    expect(await permissions(folder)).toBe(0o755);
  });

  it.skipIf(process.platform === 'win32')(
    'flushes the names of what it makes, and nothing where all is there',
    async () => {
      const handle = await open(import.meta.filename, 'r');
      const prototype = Object.getPrototypeOf(handle);
      await handle.close();
      const flushed: number[] = [];
      const spy = vi.spyOn(prototype, 'sync').mockImplementation(async function note(this: unknown) {
        flushed.push((await (this as typeof handle).stat()).ino);
      });
      onTestFinished(() => spy.mockRestore());
      await createPrivateFolder(inFolder('a', 'b'));
      const inodes = await Promise.all([inFolder('a'), folder].map(async (one) => (await stat(one)).ino));
      expect(flushed).toEqual(inodes);
      await createPrivateFolder(inFolder('a', 'b'));
      expect(flushed).toEqual(inodes);
    },
  );

  it('says what stands in the way', async () => {
    await writeFile(inFolder('a'), 'a file');
    expect(await failureOf(createPrivateFolder(inFolder('a', 'b')))).toMatchObject({ code: 'ENOTDIR' });
  });
});

describe('moveFile', () => {
  beforeEach(() => writeFile(inFolder('from'), 'content'));

  it.each([
    ['by a link', { link, rename }],
    ['by a copy to another file system', { link: failing('EXDEV'), rename: failing('EXDEV') }],
    ['by a rename where there are no links', { link: failing('EPERM'), rename }],
    ['by a copy where a link is refused but the disk is another', { link: failing('EPERM'), rename: failing('EXDEV') }],
  ])('moves %s', async (_, calls) => {
    expect(await moveFile(inFolder('from'), inFolder('to'), calls)).toBe('done');
    expect(await readdir(folder)).toEqual(['to']);
    expect(await readFile(inFolder('to'), 'utf8')).toBe('content');
  });

  it('moves between two real file systems', async (context) => {
    const other = await mkdtemp('/dev/shm/cw-files-').catch(() => null);
    if (!other) return context.skip('no second file system here');
    try {
      if ((await stat(other)).dev === (await stat(folder)).dev) return context.skip('no second file system here');
      expect(await moveFile(inFolder('from'), path.join(other, 'to'))).toBe('done');
      expect(await readFile(path.join(other, 'to'), 'utf8')).toBe('content');
      expect(await permissions(path.join(other, 'to'))).toBe(0o600);
      expect(await readdir(other)).toEqual(['to']);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  it.each([
    ['by a link', { link, rename }],
    ['by a copy', { link: failing('EXDEV'), rename }],
    ['by a rename', { link: failing('EPERM'), rename }],
  ])('never overwrites %s', async (_, calls) => {
    await writeFile(inFolder('to'), 'other');
    await mkdir(inFolder('folder'));
    await symlink('/nowhere', inFolder('link'));
    for (const target of ['to', 'folder', 'link']) {
      expect(await moveFile(inFolder('from'), inFolder(target), calls)).toBe('taken');
    }
    expect(await readFile(inFolder('to'), 'utf8')).toBe('other');
    expect(await readFile(inFolder('from'), 'utf8')).toBe('content');
    expect((await readdir(folder)).toSorted()).toEqual(['folder', 'from', 'link', 'to']);
  });

  it('keeps the file when a copy fails', async () => {
    await mkdir(inFolder('away'));
    await expect(moveFile(inFolder('from'), inFolder('missing', 'to'))).rejects.toThrow('ENOENT');
    await expect(
      moveFile(inFolder('from'), inFolder('missing', 'to'), { link: failing('EXDEV'), rename }),
    ).rejects.toThrow('ENOENT');
    expect(await readFile(inFolder('from'), 'utf8')).toBe('content');
  });
});

describe('duplicateFile', () => {
  it.each([
    ['a link', { link, rename }],
    ['a copy', { link: failing('EXDEV'), rename }],
    ['a copy without links', { link: failing('ENOTSUP'), rename }],
  ])('keeps the old name, with %s', async (_, calls) => {
    await writeFile(inFolder('from'), 'content');
    expect(await duplicateFile(inFolder('from'), inFolder('to'), calls)).toBe('done');
    expect(await duplicateFile(inFolder('from'), inFolder('to'), calls)).toBe('taken');
    expect(await readFile(inFolder('from'), 'utf8')).toBe('content');
    expect(await readFile(inFolder('to'), 'utf8')).toBe('content');
    expect(await readdir(folder)).toEqual(['from', 'to']);
  });
});
