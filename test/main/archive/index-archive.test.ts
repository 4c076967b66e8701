import { appendFile, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ArchiveAnswer } from '../../../src/shared/archive-search.js';
import { openArchiveSearch } from '../../../src/main/archive/archive-search.js';
import { openEntryIndex } from '../../../src/main/archive/entry-index.js';
import type { IndexProgress } from '../../../src/main/archive/index-archive.js';
import { openStrictDatabase } from '../../../src/main/archive/strict-database.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { makeArchiveFixture, type ArchiveFixture } from './archive-fixture.js';
import { buildForNode } from './build-for-node.js';

let workerUrl: URL;
beforeAll(async () => {
  workerUrl = await buildForNode('src/main/archive/entry-index-worker.ts');
});

/** Three exports of a session and a loose file, all archived. */
async function makeScene(place: 'worker' | 'this thread' = 'this thread') {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  for (const number of [1, 2, 3]) {
    await fixture.append(userLine(`u${number}`, `apples of export ${number}`));
    await fixture.exportNow();
    await fixture.queue.processAll();
  }
  await fixture.dropLoose('loose.jsonl', userLine('u2', 'apples again') + userLine('l1', 'apples of a loose file'));
  await fixture.processAfterRest();
  const again = (file = fixture.layout.indexFile) => {
    const { exportsArchive } = fixture.layout;
    const here = { file, exportsArchive, workerUrl: place === 'worker' ? workerUrl : null };
    const index = openEntryIndex(here);
    const search = openArchiveSearch(here, { now: () => new Date('2026-11-20T00:00:00Z'), maskSecrets: () => false });
    onTestFinished(() => search.close());
    onTestFinished(() => index.close());
    return { index, search: (text: string) => search.search({ ...anything, text }) };
  };
  return { ...fixture, again };
}

const anything = {
  project: null,
  role: null,
  session: null,
  kinds: null,
  since: null,
  until: null,
  limit: 20,
  offset: 0,
};

function found(answer: ArchiveAnswer) {
  if (answer.kind !== 'found') throw new Error(`No hits: ${answer.kind}`);
  const places = answer.hits.map(({ uuid, place }) => `${uuid} ${place.segment}+${place.offsetBytes}`).toSorted();
  return { places, isIndexComplete: answer.isIndexComplete };
}

async function damage(fixture: ArchiveFixture, number: number): Promise<string> {
  const segments = (await fixture.archived()).filter((name) => /pct(?:-\d+)?\.jsonl$/.test(name));
  const name = segments[number] ?? 'none';
  await writeFile(path.join(fixture.layout.exportsArchive, name), 'x'.repeat(3));
  return name;
}

describe.each(['worker', 'this thread'] as const)('indexArchive in %s', (place) => {
  it('builds the same index from the archive alone as archiving did', async () => {
    const fixture = await makeScene(place);
    const first = fixture.again();
    const before = found(await first.search('apples'));
    expect(before).toMatchObject({ isIndexComplete: true });
    expect(before.places).toHaveLength(4);
    await fixture.index.close();
    await first.index.close();
    await rm(fixture.layout.indexFolder, { recursive: true });
    await rm(path.dirname(fixture.sourcePath), { recursive: true });

    const second = fixture.again();
    expect(await second.search('apples')).toEqual({ kind: 'no-index' });
    const told: IndexProgress[] = [];
    const result = await second.index.indexArchive(
      { folders: fixture.layout, fromScratch: false },
      { onProgress: (progress) => told.push(progress) },
    );
    expect(result).toMatchObject({ pieces: 4, messages: 4, failed: [], isCancelled: false });
    expect(told).toEqual([
      { done: 0, all: 4 },
      { done: 4, all: 4 },
    ]);
    const after = found(await second.search('apples'));
    expect(after.isIndexComplete).toBe(true);
    expect(after.places.map((text) => text.slice(0, 2))).toEqual(before.places.map((text) => text.slice(0, 2)));
    // The loose file, not the segment, may be the one that had u2 first: both hold it.
    expect(after.places.filter((text) => !text.startsWith('u2'))).toEqual(
      before.places.filter((text) => !text.startsWith('u2')),
    );
  });
});

describe('indexArchive', () => {
  it('reads nothing that stands in the index, and everything when it is told to begin anew', async () => {
    const fixture = await makeScene();
    const { index, search } = fixture.again();
    const folders = fixture.layout;
    expect(await index.indexArchive({ folders, fromScratch: false })).toMatchObject({ pieces: 0, bytes: 0 });
    expect(await index.indexArchive({ folders, fromScratch: true })).toMatchObject({ pieces: 4, messages: 4 });
    expect(found(await search('apples')).places).toHaveLength(4);
    await rm(path.join(folders.exportsArchive, sessionId), { recursive: true });
    expect(await index.indexArchive({ folders, fromScratch: true })).toMatchObject({ pieces: 1, messages: 2 });
    expect(found(await search('apples')).places).toHaveLength(2);
  });

  it('leaves out what is damaged, names it, and reads the rest', async () => {
    const fixture = await makeScene();
    const name = await damage(fixture, 1);
    const { index, search } = fixture.again();
    const result = await index.indexArchive({ folders: fixture.layout, fromScratch: true });
    expect(result).toMatchObject({ pieces: 3, failed: [{ message: expect.stringContaining(path.basename(name)) }] });
    expect(found(await search('apples'))).toMatchObject({ isIndexComplete: true });
  });

  it('takes back what a damaged piece has brought before its end, and keeps what the others bring', async () => {
    const fixture = await makeScene();
    for (const first of [1_000, 2_000]) {
      const earlier = await fixture.archived();
      const numbers = Array.from({ length: 200 }, (_, number) => first + number);
      await fixture.append(numbers.map((number) => userLine(`v${number}`, 'apples of a long export')).join(''));
      await fixture.exportNow();
      await fixture.queue.processAll();
      const added = (await fixture.archived()).filter((name) => !earlier.includes(name) && name.endsWith('.jsonl'));
      expect(added).toHaveLength(1);
      const file = path.join(fixture.layout.exportsArchive, added[0] ?? '');
      await writeFile(file, (await readFile(file, 'utf8')).replace(/apples(?!.*apples)/s, 'grapes'));
    }
    await fixture.append(userLine('after', 'apples after that'));
    await fixture.exportNow();
    await fixture.queue.processAll();
    const { index, search } = fixture.again();
    const result = await index.indexArchive({ folders: fixture.layout, fromScratch: true });
    expect(result).toMatchObject({ pieces: 5, messages: 5, failed: [{}, {}] });
    const { places, isIndexComplete } = found(await search('apples'));
    expect(places.map((place) => place.split(' ')[0])).toEqual(['after', 'l1', 'u1', 'u2', 'u3']);
    expect(isIndexComplete).toBe(true);
  });

  it('goes on where it was ended early', async () => {
    const fixture = await makeScene();
    const { index, search } = fixture.again();
    const control = new AbortController();
    const folders = fixture.layout;
    const ended = await index.indexArchive(
      { folders, fromScratch: true },
      { signal: control.signal, onProgress: () => control.abort() },
    );
    expect(ended.isCancelled).toBe(true);
    expect(found(await search('apples')).isIndexComplete).toBe(false);
    expect(await index.indexArchive({ folders, fromScratch: false })).toMatchObject({ isCancelled: false });
    expect(found(await search('apples'))).toMatchObject({ isIndexComplete: true });
    expect(found(await search('apples')).places).toHaveLength(4);
  });

  it('empties an index of an older version and marks it to be built again; results in work stay', async () => {
    const fixture = await makeScene();
    await fixture.index.close();
    await rm(fixture.layout.indexFolder, { recursive: true });
    await mkdir(fixture.layout.indexFolder, { mode: 0o700 });
    const old = openStrictDatabase(fixture.layout.indexFile);
    old.run('CREATE TABLE entries (uuid TEXT PRIMARY KEY) WITHOUT ROWID');
    old.run(`CREATE TABLE files_in_work (
      name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, new_messages INTEGER, duplicate_messages INTEGER,
      bad_lines INTEGER NOT NULL, size_bytes INTEGER NOT NULL, archived_to TEXT NOT NULL, report_path TEXT NOT NULL
    ) WITHOUT ROWID`);
    old.run("INSERT INTO entries VALUES ('u1')");
    old.run("INSERT INTO files_in_work VALUES ('x.jsonl', 'abc', 1, 0, 0, 5, '/a/x.jsonl', '/r/y')");
    old.close();
    const { index, search } = fixture.again();
    expect(await search('apples')).toEqual({ kind: 'no-index' });
    expect(await index.unsettled()).toMatchObject([{ name: 'x.jsonl', newMessages: 1 }]);
    expect(found(await search('apples'))).toEqual({ places: [], isIndexComplete: false });
    await index.indexArchive({ folders: fixture.layout, fromScratch: false });
    expect(found(await search('apples')).places).toHaveLength(4);
    await index.settle('x.jsonl');
    // Its piece was of the old index: nobody knows whether it was read again.
    expect(found(await search('apples')).isIndexComplete).toBe(false);
  });

  it('follows no link that is planted in the archive', async () => {
    const fixture = await makeScene();
    const secret = path.join(fixture.folder, 'secret.jsonl');
    await writeFile(secret, userLine('secret', 'apples of the neighbour'));
    await symlink(secret, path.join(fixture.layout.exportsArchive, 'link.jsonl'));
    const { index, search } = fixture.again();
    const result = await index.indexArchive({ folders: fixture.layout, fromScratch: true });
    expect(result.failed).toHaveLength(1);
    expect(found(await search('neighbour')).places).toEqual([]);
  });

  it('keeps an export that comes while it works', async () => {
    const fixture = await makeScene();
    const { index, search } = fixture.again();
    await appendFile(fixture.sourcePath, userLine('u9', 'apples that come late'));
    await fixture.exportNow();
    const queue = fixture.makeQueue({ index });
    await Promise.all([index.indexArchive({ folders: fixture.layout, fromScratch: true }), queue.processAll()]);
    expect(found(await search('late')).places).toHaveLength(1);
    expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
  });
});

describe('openArchiveSearch', () => {
  it('answers the first and the last of many at once, and no search between', async () => {
    const fixture = await makeScene('worker');
    const { search } = fixture.again();
    const answers = await Promise.all(['apples', 'export', 'loose', 'again', 'file'].map(search));
    expect(answers.map(({ kind }) => kind)).toEqual(['found', 'superseded', 'superseded', 'superseded', 'found']);
    expect((await search('apples')).kind).toBe('found');
  });
});
