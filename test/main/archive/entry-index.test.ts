import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEntryIndex, type EntryIndex } from '../../../src/main/archive/entry-index.js';
import { openStrictDatabase } from '../../../src/main/archive/strict-database.js';
import { failureOf, metadataLine, userLine } from '../export/export-fixture.js';
import { buildForNode } from './build-for-node.js';
import { tempFolder } from '../../support/temp-folder.js';

let workerUrl: URL;
beforeAll(async () => {
  workerUrl = await buildForNode('src/main/archive/entry-index-worker.ts');
});

const plan = { archivedTo: '/archive/x', reportPath: '/reports/y' };

async function file(folder: string, name: string, text: string) {
  await writeFile(path.join(folder, name), text);
  return { path: path.join(folder, name), name, expectedSha256: null, session: null, sidecars: [], plan };
}

describe.each(['worker', 'this thread'] as const)('openEntryIndex in %s', (place) => {
  const open = (folder: string) =>
    openEntryIndex({
      file: path.join(folder, 'index', 'entries.sqlite'),
      workerUrl: place === 'worker' ? workerUrl : null,
    });

  it('follows no link in the place of its file, and says what to do', async () => {
    const folder = tempFolder();
    const elsewhere = path.join(folder, 'elsewhere');
    await writeFile(elsewhere, '');
    await mkdir(path.join(folder, 'index'));
    await symlink(elsewhere, path.join(folder, 'index', 'entries.sqlite'));
    const index = open(folder);
    const failure = await failureOf(index.indexFile(await file(folder, 'a.jsonl', userLine('u1'))));
    expect(failure).toMatchObject({ message: expect.stringContaining('a link is where a file is expected') });
    expect((await stat(elsewhere)).size).toBe(0);
    await index.close();
  });

  it('keeps what it has indexed, privately, and makes nothing before it is needed', async () => {
    const folder = tempFolder();
    const first = open(folder);
    expect(await first.unsettled()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    const request = await file(folder, 'a.jsonl', userLine('u1') + metadataLine + userLine('u2') + 'bad\n');
    const indexed = await first.indexFile(request);
    expect(indexed).toMatchObject({ name: 'a.jsonl', newMessages: 2, duplicateMessages: 0, badLines: 1, plan });
    expect((await stat(path.join(folder, 'index'))).mode & 0o777).toBe(0o700);
    const facts = (await readdir(path.join(folder, 'index'))).map((name) => stat(path.join(folder, 'index', name)));
    expect((await Promise.all(facts)).map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    await first.close();
    // All is in the one file then: a log that stays behind is empty.
    const log = path.join(folder, 'index', 'entries.sqlite-wal');
    expect(
      await stat(log).then(
        ({ size }) => size,
        () => 0,
      ),
    ).toBe(0);

    const second = open(folder);
    expect(await second.unsettled()).toEqual([indexed]);
    expect(await second.indexFile({ ...request, plan: { archivedTo: 'other', reportPath: 'other' } })).toEqual(indexed);
    await second.changePlan('a.jsonl', { ...plan, archivedTo: '/archive/z' });
    expect(await second.unsettled()).toMatchObject([{ plan: { archivedTo: '/archive/z' } }]);
    await second.settle('a.jsonl');
    expect(await second.unsettled()).toEqual([]);
    expect(await second.indexFile(request)).toMatchObject({ newMessages: 0, duplicateMessages: 2 });
    await second.close();
  });

  it('indexes nothing of a file that is not what its manifest says', async () => {
    const folder = tempFolder();
    const index = open(folder);
    const request = await file(folder, 'a.jsonl', userLine('u1'));
    const failure = await failureOf(index.indexFile({ ...request, expectedSha256: '0'.repeat(64) }));
    expect(failure).toMatchObject({ code: 'SEGMENT_DAMAGED', message: expect.stringContaining(request.path) });
    expect(await index.unsettled()).toEqual([]);
    expect(await index.indexFile(request)).toMatchObject({ newMessages: 1 });
    await index.close();
  });

  it('names what is wrong with a file and goes on', async () => {
    const folder = tempFolder();
    const index = open(folder);
    await mkdir(path.join(folder, 'folder'));
    const missing = {
      path: path.join(folder, 'missing.jsonl'),
      name: 'missing.jsonl',
      expectedSha256: null,
      session: null,
      sidecars: [],
      plan,
    };
    expect(await failureOf(index.indexFile(missing))).toMatchObject({ code: 'ENOENT' });
    await expect(index.indexFile({ ...missing, path: path.join(folder, 'folder') })).rejects.toThrow(/file/);
    expect(await index.indexFile(await file(folder, 'a.jsonl', userLine('u1')))).toMatchObject({ newMessages: 1 });
    await index.close();
  });

  it('begins a damaged index anew and keeps the damaged one', async () => {
    const folder = tempFolder();
    await mkdir(path.join(folder, 'index'));
    await writeFile(path.join(folder, 'index', 'entries.sqlite'), 'no database '.repeat(1000));
    const index = open(folder);
    expect(await index.indexFile(await file(folder, 'a.jsonl', userLine('u1')))).toMatchObject({ newMessages: 1 });
    await index.close();
    const names = await readdir(path.join(folder, 'index'));
    const damaged = names.find((name) => name.includes('.damaged-')) ?? 'none';
    expect(await readFile(path.join(folder, 'index', damaged), 'utf8')).toMatch(/^no database/);
  });

  it('says that its folder can not be made', async () => {
    const folder = tempFolder();
    await writeFile(path.join(folder, 'index'), 'a file in the way');
    const index = open(folder);
    const failure = await failureOf(index.indexFile(await file(folder, 'a.jsonl', userLine('u1'))));
    expect(['EEXIST', 'ENOTDIR']).toContain(failure.code);
    await index.close();
  });

  it('ends the file in hand when it is closed', async () => {
    const folder = tempFolder();
    const text = Array.from({ length: 5_000 }, (_, line) => userLine(`u${line}`)).join('');
    const index = open(folder);
    const indexing = index.indexFile(await file(folder, 'a.jsonl', text));
    await index.close();
    expect(await indexing).toMatchObject({ newMessages: 5_000 });
    const again = open(folder);
    expect(await again.unsettled()).toMatchObject([{ newMessages: 5_000 }]);
    await again.close();
  });
});

describe('the index worker', () => {
  let index: EntryIndex;
  afterAll(() => index.close());

  it('leaves this thread free while it works', async () => {
    const folder = tempFolder();
    index = openEntryIndex({ file: path.join(folder, 'entries.sqlite'), workerUrl });
    const line = (number: number) => userLine(`u${number}`, 'x'.repeat(2000));
    const text = Array.from({ length: 4_000 }, (_, number) => line(number)).join('');
    const request = await file(folder, 'a.jsonl', text);
    await index.unsettled();
    let longestMs = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 1);
    const start = performance.now();
    await index.indexFile(request);
    const tookMs = performance.now() - start;
    clearInterval(timer);
    expect(longestMs).toBeLessThan(tookMs / 2);
  });

  it('that ends by itself fails its calls with a clear word, and is started again', async () => {
    const folder = tempFolder();
    const script = path.join(folder, 'worker.mjs');
    await writeFile(
      script,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));`,
    );
    const dying = openEntryIndex({ file: path.join(folder, 'entries.sqlite'), workerUrl: pathToFileURL(script) });
    const request = await file(folder, 'a.jsonl', userLine('u1'));
    await expect(dying.indexFile(request)).rejects.toThrow(/worker ended/);
    await writeFile(
      script,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', (message) => {
         if (message.kind === 'close') parentPort.close();
         else parentPort.postMessage({ id: message.id, kind: 'done', value: 'answered' });
       });`,
    );
    expect(await dying.indexFile(request)).toBe('answered');
    await dying.close();
    await expect(dying.indexFile(request)).rejects.toThrow(/closed/);
  });
});

describe('openStrictDatabase', () => {
  it('stops what would end the process or be altered silently', () => {
    const database = openStrictDatabase(path.join(tempFolder(), 'a.sqlite'));
    database.run('CREATE TABLE t (a, b)');
    const insert =
      (...values: unknown[]) =>
      () =>
        database.run('INSERT INTO t VALUES (?, ?)', values as string[]);
    expect(insert(true, 1)).toThrow(/boolean/);
    expect(insert(new Date(), 1)).toThrow(/object/);
    expect(insert([Buffer.from('x')], 1)).toThrow(/object/);
    expect(insert(undefined, 1)).toThrow(/undefined/);
    expect(insert('a')).toThrow(/2 values wanted/);
    expect(insert('a\0b', 1)).toThrow(/NUL/);
    expect(insert('a', 5n)()).toBe(1);
    expect(database.all('SELECT a, b FROM t')).toMatchObject([{ a: 'a', b: 5 }]);
    // A part of larger memory, and one value alone: the driver takes neither for something else.
    const bytes = new TextEncoder().encode('<a\0é>').subarray(1, 5);
    expect(database.run('UPDATE t SET a = ?', [bytes])).toBe(1);
    expect(database.all('SELECT hex(a) AS a, typeof(a) AS kind FROM t')).toMatchObject([
      { a: '6100C3A9', kind: 'blob' },
    ]);
    expect(() =>
      database.transaction(() => {
        insert('b', 1)();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(database.all('SELECT count(*) AS n FROM t')).toMatchObject([{ n: 1 }]);
    database.close();
  });
});
