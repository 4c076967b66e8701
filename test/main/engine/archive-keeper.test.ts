import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { findStandingExport } from '../../../src/main/archive/standing-export.js';
import { keepArchive } from '../../../src/main/engine/archive-keeper.js';
import { rememberedArchive } from '../../../src/main/engine/archive-state.js';
import { keepProblems } from '../../../src/main/engine/problem-list.js';
import { openSavedState } from '../../../src/main/engine/saved-state.js';
import { compressedNameOf, manifestNameOf } from '../../../src/main/export/segment-name.js';
import { makeArchiveFixture, type ArchiveFixture } from '../archive/archive-fixture.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';
import { waitUntil } from '../../support/wait-until.js';

async function archiveLines(fixture: ArchiveFixture, text: string): Promise<string> {
  await fixture.append(text);
  const outcome = await fixture.exportNow();
  if (outcome.kind !== 'exported') throw new Error(outcome.kind);
  await fixture.queue.processOne(outcome.name);
  return outcome.name;
}

/** A keeper over the fixture's storage, whose clock runs so many hours ahead. */
function keeperOver(
  { layout }: ArchiveFixture,
  hoursAhead: number,
  isHeld: (sessionId: string) => boolean = () => false,
) {
  const now = () => new Date(Date.now() + hoursAhead * 3_600_000);
  const problems = keepProblems({ now, onNew: () => undefined, onChange: () => undefined });
  const store = new Map<string, unknown>();
  const logged: string[] = [];
  const counts = { changes: 0, others: 0 };
  const say = (line: string) => void logged.push(line);
  const saved = openSavedState({
    store: {
      path: 'state.json',
      get: (key) => store.get(key),
      set: (record) => Object.entries(record).forEach(([k, v]) => store.set(k, v)),
    },
    now,
    onWrite: () => undefined,
  });
  const keeper = keepArchive({
    layout,
    saved,
    settings: () => defaultSettings,
    problems,
    addEvent: () => undefined,
    onChange: () => void (counts.changes += 1),
    onOthers: () => void (counts.others += 1),
    isHeld,
    log: { debug: say, info: say, warn: say, error: say, close: () => undefined },
    now,
  });
  onTestFinished(keeper.stop);
  return { keeper, problems, logged, counts };
}

const inSession = ({ layout }: ArchiveFixture, ...names: string[]) =>
  path.join(layout.exportsArchive, sessionId, ...names);

async function bytesIn(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map(async (name) => (await readFile(path.join(folder, name))).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

it('measures the archive, compresses what is old in it, and remembers the sizes', async () => {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const name = await archiveLines(fixture, userLine('u1', 'many words '.repeat(5000)));
  const { keeper, problems, logged } = keeperOver(fixture, 2);
  expect(keeper.state([sessionId])).toEqual({ bytes: null, sessions: null, largest: [], bytesBySession: {} });
  keeper.start();
  await waitUntil('the compression', () => logged.find((line) => line.startsWith('Compressed 1 ')) ?? null);
  const bytes = await bytesIn(inSession(fixture));
  await waitUntil('the new size', () => (keeper.state([]).bytes === bytes ? true : null));
  expect(keeper.state([sessionId, 'another'])).toEqual({
    bytes,
    sessions: 1,
    largest: [{ sessionId, bytes }],
    bytesBySession: { [sessionId]: bytes },
  });
  expect((await readdir(inSession(fixture))).toSorted()).toEqual(
    [compressedNameOf(name), manifestNameOf(name)].toSorted(),
  );
  expect(problems.all()).toEqual([]);

  await archiveLines(fixture, userLine('u2', 'more'));
  keeper.changed(sessionId);
  await waitUntil('the next size', () => ((keeper.state([]).bytes ?? 0) > bytes ? true : null));
  await keeper.stop();
  const grown = await bytesIn(inSession(fixture));
  expect(await rememberedArchive(fixture.layout.sizesFile, [sessionId])).toMatchObject({
    bytes: grown,
    bytesBySession: { [sessionId]: grown },
  });
});

it('leaves fresh exports plain, and tells of what can not be compressed', async () => {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const fresh = await archiveLines(fixture, userLine('u1'));
  const early = keeperOver(fixture, 0);
  early.keeper.start();
  await waitUntil('the size', () => early.keeper.state([]).bytes);
  await early.keeper.stop();
  expect(await readdir(inSession(fixture))).toContain(fresh);

  await writeFile(inSession(fixture, fresh), 'spoilt');
  const late = keeperOver(fixture, 2);
  late.keeper.start();
  const problem = await waitUntil('the problem', () => late.problems.all()[0] ?? null);
  expect(problem).toMatchObject({ code: 'archive-uncompressed', message: expect.stringContaining(fresh) });
  expect(await readFile(inSession(fixture, fresh), 'utf8')).toBe('spoilt');
});

it('compresses nothing while somebody else exports, and goes on afterwards', async () => {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const name = await archiveLines(fixture, userLine('u1'));
  const { keeper, logged } = keeperOver(fixture, 2);
  keeper.start();
  keeper.pause();
  await pause(1_500);
  expect(await readdir(inSession(fixture))).toContain(name);
  keeper.start();
  await waitUntil('the compression', () => logged.find((line) => line.startsWith('Compressed 1 ')) ?? null);
  expect(await readdir(inSession(fixture))).not.toContain(name);
});

it('looks at many files together that a queue archives one after the other', async () => {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const { exportsArchive } = fixture.layout;
  await mkdir(exportsArchive, { recursive: true });
  const { keeper, counts } = keeperOver(fixture, 0);
  keeper.start();
  await waitUntil('the first look', () => (keeper.state([]).bytes === 0 ? true : null));
  const before = counts.changes;
  for (let index = 0; index < 200; index += 1) {
    await writeFile(path.join(exportsArchive, `loose-${index}.txt`), 'x');
    keeper.changed(null);
  }
  await waitUntil('the size', () => (keeper.state([]).bytes === 200 ? true : null));
  expect(counts.changes - before).toBeLessThanOrEqual(4);
});

it('touches nothing when it is stopped before it has begun', async () => {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  await archiveLines(fixture, userLine('u1'));
  await rm(fixture.layout.sizesFile, { force: true });
  const { keeper } = keeperOver(fixture, 2);
  keeper.start();
  keeper.changed(sessionId);
  await keeper.stop();
  expect(await rememberedArchive(fixture.layout.sizesFile, [])).toMatchObject({ bytes: null });
});

it('leaves alone what somebody was told the path of and may still read', async () => {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const name = await archiveLines(fixture, userLine('u1', 'many words '.repeat(5000)));
  const held = keeperOver(fixture, 2, (id) => id === sessionId);
  held.keeper.start();
  await waitUntil('the sizes', () => held.keeper.state([]).bytes);
  await pause(300);
  await held.keeper.stop();
  expect(await readdir(inSession(fixture))).toContain(name);
  expect(await findStandingExport(inSession(fixture, name))).toEqual({ kind: 'plain', path: inSession(fixture, name) });

  const free = keeperOver(fixture, 2);
  free.keeper.start();
  await waitUntil('the compression', () => free.logged.find((line) => line.startsWith('Compressed 1 ')) ?? null);
  const [report] = await fixture.reports();
  const now = await findStandingExport(String(report?.['archived_to']));
  expect(now).toEqual({ kind: 'compressed', path: report?.['archived_to_compressed'] });
  expect(await findStandingExport(inSession(fixture, 'another.jsonl'))).toEqual({ kind: 'gone' });
});
