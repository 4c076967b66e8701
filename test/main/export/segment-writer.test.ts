import { constants as mode } from 'node:fs';
import {
  chmod,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { formatManifest } from '../../../src/main/export/segment-manifest.js';
import { manifestNameOf } from '../../../src/main/export/segment-name.js';
import {
  assistantLine,
  failureOf,
  makeExportFixture,
  metadataLine,
  sessionId,
  userLine,
  type ExportFixture,
} from './export-fixture.js';
import { mountSmallDisk } from './small-disk.js';

let fixture: ExportFixture;
beforeEach(async () => {
  fixture = await makeExportFixture();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await fixture.remove();
});

const hash = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

async function segmentBytes(name: string): Promise<Buffer> {
  return readFile(path.join(fixture.folders.exportsPending, name));
}

async function joined(): Promise<Buffer> {
  const segments = await fixture.manifests();
  return Buffer.concat(await Promise.all(segments.map(({ name }) => segmentBytes(name))));
}

/** Bytes read through any file handle while `work` runs. */
async function bytesReadBy(work: () => Promise<unknown>): Promise<number> {
  const handle = await open(fixture.sourcePath, 'r');
  const prototype = Object.getPrototypeOf(handle);
  const read = prototype.read;
  await handle.close();
  let total = 0;
  vi.spyOn(prototype, 'read').mockImplementation(async function count(this: unknown, ...values: unknown[]) {
    const result = await read.apply(this, values);
    total += result.bytesRead;
    return result;
  });
  await work();
  vi.restoreAllMocks();
  return total;
}

describe('exportSegment', () => {
  it('joins to the source byte for byte, whatever the pieces in which it was written', async () => {
    const awkward = Buffer.from(
      [
        userLine('u1', 'ünïcode 🎈 \u0000'),
        metadataLine,
        assistantLine('a1', 'm1', 'x'.repeat(200_000)),
        '\n',
        '{"broken": \n',
        userLine('u2'),
        `\0\0\0\n`,
        assistantLine('a2', 'm2'),
        assistantLine('a3', 'm2', 'y'.repeat(1_500_000)),
        metadataLine,
      ].join(''),
    );
    const whole = Buffer.concat([awkward, awkward, awkward]);
    let seed = 7;
    for (let from = 0; from < whole.length;) {
      seed = (seed * 48_271) % 0x7fffffff;
      const length = seed % 3 === 0 ? seed % 50 : seed % 200_000;
      await fixture.append(whole.subarray(from, from + length));
      from += length;
      await fixture.exportNow();
    }
    await fixture.append(userLine('end'));
    expect(await fixture.exportNow()).toMatchObject({ kind: 'exported' });
    const segments = await fixture.manifests();
    expect(segments.length).toBeGreaterThan(5);
    expect((await joined()).equals(await fixture.source())).toBe(true);
    let end = 0;
    let chain = '';
    for (const { name, manifest } of segments) {
      const bytes = await segmentBytes(name);
      expect(bytes.at(-1)).toBe(10);
      expect(manifest.range).toEqual({ start: end, end: end + bytes.length });
      expect(manifest.sha256).toBe(hash(bytes));
      expect(manifest.chain).toBe(hash(chain + manifest.sha256));
      expect(manifest.tail.bytes).toBe(Math.min(32_768, manifest.range.end));
      expect(manifest.tail.sha256).toBe(
        hash((await fixture.source()).subarray(manifest.range.end - manifest.tail.bytes, manifest.range.end)),
      );
      ({ end } = manifest.range);
      ({ chain } = manifest);
    }
  });

  it('says in the manifest where the bytes come from and what was known then', async () => {
    await fixture.append(userLine('u1') + assistantLine('a1', 'm1') + assistantLine('a2', 'm1') + metadataLine);
    const at = new Date('2026-11-01T10:15:07.250Z');
    const outcome = await fixture.exportNow({ now: () => at, late: true });
    const name = '2026-11-01-101507-0a1b2c3d-76pct.jsonl';
    expect(outcome).toMatchObject({ kind: 'exported', name, path: path.join(fixture.folders.exportsPending, name) });
    const { ino, mtime } = await stat(fixture.sourcePath, { bigint: true });
    const [segment] = await fixture.manifests();
    const source = await fixture.source();
    const size = source.length;
    expect(segment?.manifest).toEqual({
      formatVersion: 1,
      sessionId,
      sourcePath: fixture.sourcePath,
      sourceInode: String(ino),
      range: { start: 0, end: size },
      sha256: hash(source),
      chain: hash(hash(source)),
      generation: 0,
      baseSegment: null,
      percent: 76.2,
      usedTokens: 152_400,
      windowTokens: 200_000,
      model: 'claude-opus-4-6',
      trigger: 'threshold',
      late: true,
      messages: 2,
      exportedAt: at.toISOString(),
      times: {
        firstEntryAt: '2026-11-01T10:00:00.000Z',
        lastEntryAt: '2026-11-01T10:00:01.000Z',
        sourceModifiedAt: mtime.toISOString(),
      },
      appVersion: '0.1.0',
      tail: { bytes: size, sha256: hash(source) },
      recovered: false,
      sidecars: [],
    });
    expect(await readExportLedger({ sessionId, ...fixture.folders })).toEqual(
      outcome.kind === 'exported' && outcome.ledger,
    );
  });

  it.each([
    ['an empty file', ''],
    ['only lines of other kinds', metadataLine.repeat(3)],
    ['a message without its line end', userLine('u1').trimEnd()],
    ['damaged lines', `{"type":"user","uuid":"u1"\n\0\0{"type":"user"}\n`],
    ['many lines of other kinds', metadataLine.repeat(30_000)],
  ])('makes no file for %s', async (_, text) => {
    await fixture.append(text);
    expect(await fixture.exportNow()).toEqual({ kind: 'nothing-new', exportedBytes: 0, leftOut: [] });
    expect(await readdir(fixture.folders.exportsPending).catch(() => [])).toEqual([]);
  });

  it.each(['user', 'assistant', 'system', 'attachment'])('takes a single %s line for something new', async (type) => {
    await fixture.append(`${metadataLine}${JSON.stringify({ uuid: 'x', type })}\n${metadataLine}{"type":"us`);
    expect(await fixture.exportNow()).toMatchObject({ kind: 'exported' });
    const source = await fixture.source();
    expect((await joined()).equals(source.subarray(0, source.lastIndexOf(10) + 1))).toBe(true);
  });

  it('makes no second export when nothing new came, and exactly the new lines when some did', async () => {
    await fixture.append(userLine('u1'));
    await fixture.exportNow();
    const before = (await fixture.source()).length;
    await fixture.append(metadataLine);
    expect(await fixture.exportNow()).toEqual({ kind: 'nothing-new', exportedBytes: before, leftOut: [] });
    await fixture.append(userLine('u2') + userLine('u3'));
    const outcome = await fixture.exportNow();
    expect(outcome).toMatchObject({ kind: 'exported', manifest: { messages: 2 } });
    const second = outcome.kind === 'exported' ? await segmentBytes(outcome.name) : null;
    expect(second?.toString()).toBe(metadataLine + userLine('u2') + userLine('u3'));
  });

  it.each(['a fresh ledger', 'the ledger of the export before'])(
    'reads only new bytes and 32 KB, with %s',
    async (kind) => {
      await fixture.append(assistantLine('a1', 'm1', 'z'.repeat(3_000_000)));
      const first = await fixture.exportNow();
      const added = userLine('u2', 'n'.repeat(10_000));
      await fixture.append(added);
      const ledger = kind === 'a fresh ledger' || first.kind !== 'exported' ? {} : { ledger: first.ledger };
      const read = await bytesReadBy(() => fixture.exportNow(ledger));
      expect(read).toBeGreaterThanOrEqual(added.length);
      // The manifest is what comes on top with a fresh ledger.
      expect(read).toBeLessThanOrEqual(added.length + 32 * 1024 + 2048);
    },
  );

  it('goes on where an earlier version compared 64 KB', async () => {
    await fixture.append(userLine('u1', 'z'.repeat(100_000)));
    const first = await fixture.exportNow();
    if (first.kind !== 'exported') throw new Error(first.kind);
    const source = await fixture.source();
    const tail = { bytes: 65_536, sha256: hash(source.subarray(-65_536)) };
    const file = path.join(fixture.folders.exportsPending, manifestNameOf(first.name));
    await writeFile(file, formatManifest({ ...first.manifest, tail }));
    await fixture.append(userLine('u2'));
    const second = await fixture.exportNow();
    expect(second).toMatchObject({ kind: 'exported', manifest: { generation: 0, tail: { bytes: 32_768 } } });
    expect((await joined()).equals(await fixture.source())).toBe(true);
  });

  it('stops at the limit given', async () => {
    await fixture.append(userLine('u1'));
    const endLimit = (await fixture.source()).length;
    await fixture.append(userLine('u2'));
    await fixture.exportNow({ endLimit });
    expect((await joined()).toString()).toBe(userLine('u1'));
    expect(await fixture.exportNow({ endLimit })).toMatchObject({ kind: 'nothing-new' });
    await fixture.exportNow();
    expect((await joined()).equals(await fixture.source())).toBe(true);
  });

  it('is private: files 0600, new folders 0700, existing folders unchanged', async () => {
    await mkdir(path.dirname(fixture.folders.exportsPending));
    await chmod(path.dirname(fixture.folders.exportsPending), 0o755);
    await fixture.append(userLine('u1'));
    await fixture.exportNow();
    const permissions = async (file: string) => (await stat(file)).mode & ~mode.S_IFMT;
    expect(await permissions(path.dirname(fixture.folders.exportsPending))).toBe(0o755);
    expect(await permissions(fixture.folders.exportsPending)).toBe(0o700);
    const names = await readdir(fixture.folders.exportsPending);
    expect(names).toHaveLength(2);
    for (const name of names) expect(await permissions(path.join(fixture.folders.exportsPending, name))).toBe(0o600);
  });

  it('gives a taken name a number: by an export, a folder, a link, or in the archive', async () => {
    const now = () => new Date('2026-11-01T10:15:07Z');
    const { exportsPending, exportsArchive } = fixture.folders;
    const base = '2026-11-01-101507-0a1b2c3d-76pct';
    await mkdir(path.join(exportsPending, `${base}.jsonl`), { recursive: true });
    await symlink('/nowhere', path.join(exportsPending, `${base}-2.jsonl`));
    await mkdir(path.join(exportsArchive, sessionId), { recursive: true });
    await writeFile(path.join(exportsArchive, sessionId, `${base}-3.manifest.json`), '{}');
    await writeFile(path.join(exportsArchive, sessionId, `${base}-4.jsonl.br`), '');
    const names: string[] = [];
    for (const uuid of ['u1', 'u2']) {
      await fixture.append(userLine(uuid));
      const outcome = await fixture.exportNow({ now });
      if (outcome.kind === 'exported') names.push(outcome.name);
    }
    expect(names).toEqual([`${base}-5.jsonl`, `${base}-6.jsonl`]);
    expect((await joined()).equals(await fixture.source())).toBe(true);
  });

  it('says that a deleted session is gone', async () => {
    expect(await fixture.exportNow()).toEqual({ kind: 'source-gone' });
  });

  it('refuses an id that is no UUID before it becomes a path', async () => {
    await fixture.append(userLine('u1'));
    const ledger = await readExportLedger({ sessionId, ...fixture.folders });
    await expect(fixture.exportNow({ sessionId: '../../evil', ledger })).rejects.toThrow(RangeError);
  });
});

describe('a source that changes while it is read', () => {
  const big = assistantLine('a1', 'm1', 'q'.repeat(5_000_000)) + userLine('u2');

  /** Does something to the source once the first chunk has been read. */
  async function exportWhile(disturb: () => Promise<void>, times = 1) {
    let left = times;
    return fixture.exportNow({
      async atStep(step) {
        if (step !== 'first-byte' || left === 0) return;
        left -= 1;
        await disturb();
      },
    });
  }

  it('is exported as it was at the start when it is appended to', async () => {
    await fixture.append(big);
    const before = await fixture.source();
    expect(await exportWhile(() => fixture.append(userLine('u3')))).toMatchObject({ kind: 'exported' });
    expect((await joined()).equals(before)).toBe(true);
    await fixture.exportNow();
    expect((await joined()).equals(await fixture.source())).toBe(true);
  });

  it('is exported whole when it is deleted', async () => {
    await fixture.append(big);
    expect(await exportWhile(() => rm(fixture.sourcePath))).toMatchObject({ kind: 'exported' });
    expect((await joined()).toString()).toBe(big);
  });

  it('is exported as it was when it is replaced, and the new file starts a generation', async () => {
    await fixture.append(big);
    const other = `${fixture.sourcePath}.new`;
    await writeFile(other, userLine('other'));
    expect(await exportWhile(() => rename(other, fixture.sourcePath))).toMatchObject({ kind: 'exported' });
    expect((await joined()).toString()).toBe(big);
    expect(await fixture.exportNow()).toMatchObject({
      kind: 'exported',
      manifest: { generation: 1, baseSegment: null, range: { start: 0 } },
    });
  });

  it('is read afresh when it is cut', async () => {
    await fixture.append(userLine('u0') + big);
    expect(await exportWhile(() => truncate(fixture.sourcePath, userLine('u0').length))).toMatchObject({
      kind: 'exported',
    });
    expect((await joined()).toString()).toBe(userLine('u0'));
    expect(await readdir(fixture.folders.exportsPending)).toHaveLength(2);
  });

  it('is read afresh when its end is rewritten', async () => {
    await fixture.append(big);
    const rewritten = assistantLine('a1', 'm1', 'q'.repeat(5_000_000)) + userLine('u9');
    await exportWhile(() => writeFile(fixture.sourcePath, rewritten));
    expect((await joined()).toString()).toBe(rewritten);
  });

  it('is given up with a clear word when it never rests, and nothing is left behind', async () => {
    await fixture.append(userLine('u0') + big);
    let size = 5_000_000;
    const failure = await failureOf(exportWhile(() => truncate(fixture.sourcePath, (size -= 1_000_000)), 9));
    expect(failure.code).toBe('SOURCE_CHANGING');
    expect(failure.mend).toMatch(/again/);
    expect(await readdir(fixture.folders.exportsPending)).toEqual([]);
  });
});

describe('a disk that refuses', () => {
  it('is seen before a byte is written when it is full', async () => {
    await fixture.append(userLine('u1', 'w'.repeat(300_000)));
    const failure = await failureOf(fixture.exportNow({ freeBytes: () => Promise.resolve(300_000) }));
    expect(failure.code).toBe('ENOSPC');
    expect(failure.message).toMatch(/disk is full.*needs 0\.3 MB, 0\.3 MB are free.*Free some space/);
    expect(await readdir(fixture.folders.exportsPending)).toEqual([]);
  });

  const steps = [
    'first-byte',
    'flush-segment',
    'write-draft',
    'publish-segment',
    'flush-folder',
    'commit-manifest',
    'flush-commit',
  ];
  const causes = [
    ['ENOSPC', /Free some space/],
    ['EACCES', /read and write access/],
  ] as const;
  it.each(steps.flatMap((step) => causes.map(([code, mend]) => [step, code, mend] as const)))(
    'leaves nothing behind when it fails at %s with %s, and the next export is whole',
    async (failing, code, mend) => {
      await fixture.append(userLine('u1'));
      const refusal = Object.assign(new Error(code), { code });
      const failure = await failureOf(
        fixture.exportNow({
          atStep(step) {
            if (step === failing) throw refusal;
          },
        }),
      );
      expect(failure).toMatchObject({ code, mend: expect.stringMatching(mend) });
      expect(await readdir(fixture.folders.exportsPending).catch(() => [])).toEqual([]);
      expect(await fixture.exportNow()).toMatchObject({ kind: 'exported' });
      expect((await joined()).equals(await fixture.source())).toBe(true);
    },
  );

  it('leaves nothing behind on a disk that is really full, and loses nothing', async (context) => {
    const disk = mountSmallDisk(fixture.folders.exportsPending, 512);
    if (!disk) return context.skip('a small disk can be mounted by root on Linux only');
    try {
      await fixture.append(userLine('u1'));
      await fixture.exportNow();
      await fixture.append(userLine('u2', 'f'.repeat(2_000_000)));
      // Whether the free space is looked at first or the disk fills up in the middle.
      for (const freeBytes of [undefined, () => Promise.resolve(Number.POSITIVE_INFINITY)]) {
        const failure = await failureOf(fixture.exportNow(freeBytes ? { freeBytes } : {}));
        expect(failure).toMatchObject({ code: 'ENOSPC', mend: expect.stringMatching(/Free some space/) });
        expect(await readdir(fixture.folders.exportsPending)).toHaveLength(2);
      }
      expect((await joined()).toString()).toBe(userLine('u1'));
    } finally {
      disk.unmount();
    }
  });

  it('follows no link that was planted in the place of the session file', async () => {
    const secret = path.join(fixture.folder, 'secret');
    await writeFile(secret, userLine('u1'));
    await symlink(secret, fixture.sourcePath);
    expect(await failureOf(fixture.exportNow())).toMatchObject({
      code: 'EISDIR',
      mend: 'Move away what stands there.',
    });
    expect(await fixture.manifests().catch(() => [])).toEqual([]);
  });

  it('names what stands in the way of the folder', async () => {
    await fixture.append(userLine('u1'));
    await mkdir(path.dirname(fixture.folders.exportsPending));
    await writeFile(fixture.folders.exportsPending, 'a file');
    const failure = await failureOf(fixture.exportNow());
    expect(failure.message).toContain(fixture.folders.exportsPending);
    expect(failure.mend).toMatch(/Move/);
  });
});
