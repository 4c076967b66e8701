import { mkdirSync, symlinkSync, utimesSync, writeFileSync, rmSync, appendFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { listPendingExports } from '../../../src/main/archive/pending-files.js';
import { firstOf, lookAtFile, openPendingListing } from '../../../src/main/archive/pending-listing.js';
import { manifestNameOf } from '../../../src/main/export/segment-name.js';
import { tempFolder } from '../../support/temp-folder.js';

const firstMs = Date.parse('2026-11-01T00:00:00Z');

/** A pending folder with so many loose files, one second apart, and a listing that notes what it asks the disk about. */
function makeScene(count: number) {
  const folder = tempFolder();
  const asked: string[] = [];
  const gone: string[] = [];
  const drop = (name: string, second: number) => {
    writeFileSync(path.join(folder, name), 'x');
    utimesSync(path.join(folder, name), firstMs / 1_000 + second, firstMs / 1_000 + second);
  };
  for (let index = 0; index < count; index += 1) drop(`${(index * 7919) % count}.jsonl`, (index * 7919) % count);
  const listing = openPendingListing(folder, {
    onGone: (name) => gone.push(name),
    look: (inFolder, name) => (asked.push(name), lookAtFile(inFolder, name)),
  });
  const names = () => [...listing.files()].map(({ name }) => name);
  return { folder, listing, asked, gone, drop, names };
}

describe('openPendingListing', () => {
  it('asks the disk once about each file, then about what is new and the oldest 200', async () => {
    const { listing, asked, drop, names } = makeScene(1_200);
    await listing.refresh();
    expect(asked).toHaveLength(1_200);
    expect(names()).toEqual(Array.from({ length: 1_200 }, (_, index) => `${index}.jsonl`));
    asked.length = 0;
    await listing.refresh();
    expect(asked).toHaveLength(200);
    drop('new.jsonl', 600.5);
    asked.length = 0;
    await listing.refresh();
    expect(asked).toHaveLength(201);
    expect(names().slice(600, 603)).toEqual(['600.jsonl', 'new.jsonl', '601.jsonl']);
    expect(listing.count()).toBe(1_201);
  });

  it('forgets what was dropped or has gone, and sees what has grown', async () => {
    const { folder, listing, gone, names } = makeScene(5);
    await listing.refresh();
    listing.drop('0.jsonl');
    listing.drop('3.jsonl');
    expect(names()).toEqual(['1.jsonl', '2.jsonl', '4.jsonl']);
    rmSync(path.join(folder, '0.jsonl'));
    rmSync(path.join(folder, '2.jsonl'));
    appendFileSync(path.join(folder, '1.jsonl'), 'more');
    await listing.refresh();
    expect(names()).toEqual(['3.jsonl', '4.jsonl', '1.jsonl']);
    expect(listing.find('1.jsonl')).toMatchObject({ sizeBytes: 5, exportedMs: null });
    expect(gone).toEqual(['0.jsonl', '3.jsonl', '2.jsonl']);
  });

  it('keeps what is put while the folder is being read, which does not tell of it yet', async () => {
    const { folder } = makeScene(3);
    const late = { name: 'late.jsonl', sizeBytes: 1, modifiedMs: firstMs + 10_000, exportedMs: null };
    const gone: string[] = [];
    const listing = openPendingListing(folder, {
      onGone: (name) => gone.push(name),
      look: async (inFolder, name) => (name === late.name ? late : lookAtFile(inFolder, name)),
    });
    const reading = listing.refresh();
    await setImmediate();
    listing.put(late);
    await reading;
    expect(gone).toEqual([]);
    expect([...listing.files()].map(({ name }) => name)).toEqual(['0.jsonl', '1.jsonl', '2.jsonl', 'late.jsonl']);
    await listing.refresh();
    expect(gone).toEqual(['late.jsonl']);
  });

  it('lists no link, folder, hidden file or unfinished segment, and reads no manifest', async () => {
    const { folder, listing, names } = makeScene(0);
    const segment = '2026-11-01-102030-0a1b2c3d-76pct.jsonl';
    for (const name of [
      segment,
      '2026-11-01-102031-0a1b2c3d-nopct.jsonl',
      '.hidden.jsonl',
      'a.md',
      'b.manifest.json',
    ]) {
      writeFileSync(path.join(folder, name), 'x');
    }
    writeFileSync(path.join(folder, manifestNameOf(segment)), 'no manifest at all');
    mkdirSync(path.join(folder, 'folder.jsonl'));
    symlinkSync('/etc/passwd', path.join(folder, 'link.jsonl'));
    await listing.refresh();
    expect(names()).toEqual([segment]);
    expect(listing.find(segment)?.exportedMs).toBe(Date.parse('2026-11-01T10:20:30Z'));
  });

  it('is empty where there is no folder', async () => {
    const listing = openPendingListing(path.join(tempFolder(), 'none'));
    await listing.refresh();
    expect([...listing.files()]).toEqual([]);
  });
});

it('people see the oldest 200 of many, and how many there are', async () => {
  const { folder } = makeScene(1_000);
  const { shown, total } = await listPendingExports(folder);
  expect(total).toBe(1_000);
  expect(shown.map(({ name }) => name)).toEqual(Array.from({ length: 200 }, (_, index) => `${index}.jsonl`));
});

it('firstOf takes no more than it needs', () => {
  const taken: number[] = [];
  function* numbers() {
    for (let number = 0; ; number += 1) {
      taken.push(number);
      yield number;
    }
  }
  expect(firstOf(numbers(), 3)).toEqual([0, 1, 2]);
  expect(taken).toEqual([0, 1, 2, 3]);
});
