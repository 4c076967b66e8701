import { link, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ArchiveStep } from '../../../src/main/archive/archive-export.js';
import { openEntryIndex } from '../../../src/main/archive/entry-index.js';
import { manifestNameOf, sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { agent, result, sidecarScene, type SidecarScene } from '../export/sidecar-scene.js';
import { mountSmallDisk } from '../export/small-disk.js';
import { makeArchiveFixture, type ArchiveFixture } from './archive-fixture.js';

let fixture: ArchiveFixture;
let scene: SidecarScene;
beforeEach(async () => {
  fixture = await makeArchiveFixture();
  scene = sidecarScene(fixture);
});
afterEach(() => fixture.remove());

const inPending = (...parts: string[]) => path.join(fixture.layout.exportsPending, ...parts);
const inArchive = (...parts: string[]) => path.join(fixture.layout.exportsArchive, sessionId, ...parts);
const otherDisk = () => Promise.reject(Object.assign(new Error('EXDEV'), { code: 'EXDEV' }));
const pieces = ['0001-agent-a1.jsonl', '0002-b1.txt'];

async function exportWithSidecars(): Promise<string> {
  await fixture.append(userLine('u1'));
  await scene.write(agent, userLine('s1'));
  await scene.write(result, 'r1');
  const outcome = await fixture.exportNow();
  if (outcome.kind !== 'exported') throw new Error(outcome.kind);
  return outcome.name;
}

async function expectArchived(name: string): Promise<void> {
  expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
  const folder = sidecarsNameOf(name);
  expect(await fixture.archived()).toEqual(
    [name, manifestNameOf(name), ...pieces.map((piece) => path.join(folder, piece))]
      .map((file) => path.join(sessionId, file))
      .toSorted(),
  );
  expect(await scene.joined(agent)).toBe(userLine('s1'));
  expect(await scene.joined(result)).toBe('r1');
  expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
}

describe('archiving an export with sidecars', () => {
  it.each(['this disk', 'another disk'])('moves them with it, to %s', async (disk) => {
    const name = await exportWithSidecars();
    const calls = disk === 'this disk' ? { link, rename } : { link: otherDisk, rename: otherDisk };
    expect(await fixture.makeQueue({ moveCalls: calls }).processOne(name)).toMatchObject({ kind: 'processed' });
    await expectArchived(name);
  });

  it('leaves nothing half-copied on another disk that is full, and takes them once there is room', async (context) => {
    const name = await exportWithSidecars();
    await scene.write(result, 'r'.repeat(2_000_000));
    const second = await fixture.exportNow();
    if (second.kind !== 'exported') throw new Error(second.kind);
    const disk = mountSmallDisk(fixture.layout.exportsArchive, 1_024);
    if (!disk) return context.skip('a small disk can be mounted by root on Linux only');
    try {
      expect(await fixture.queue.processOne(name)).toMatchObject({ kind: 'processed' });
      expect(await fixture.queue.processOne(second.name)).toMatchObject({ kind: 'failed' });
      expect(fixture.failures).toMatchObject([{ message: expect.stringContaining('disk is full') }]);
      expect((await fixture.archived()).filter((file) => file.includes('cw-tmp'))).toEqual([]);
      expect(await readdir(inPending(sidecarsNameOf(second.name)))).toEqual(['0001-b1.txt']);
      expect(await scene.joined(agent)).toBe(userLine('s1'));
      expect((await scene.joined(result))?.length).toBe(2_000_000);
    } finally {
      disk.unmount();
    }
    expect(await fixture.queue.processOne(second.name)).toMatchObject({ kind: 'processed' });
    expect(await readdir(inArchive(sidecarsNameOf(second.name)))).toEqual(['0001-b1.txt']);
  });

  it('takes an export that holds sidecars only', async () => {
    await exportWithSidecars();
    await scene.append(agent, userLine('s2'));
    const second = await fixture.exportNow();
    if (second.kind !== 'exported') throw new Error(second.kind);
    const batch = await fixture.queue.retryNow();
    await fixture.queue.processOne(second.name);
    expect(batch.failed).toBe(0);
    expect(await readFile(inArchive(second.name), 'utf8')).toBe('');
    expect(await scene.joined(agent)).toBe(userLine('s1') + userLine('s2'));
    expect(await readdir(fixture.layout.exportsPending)).toEqual(expect.not.arrayContaining([second.name]));
  });

  it('never mixes them with a folder that has their name, and takes another name for all', async () => {
    const name = await exportWithSidecars();
    await mkdir(inArchive(sidecarsNameOf(name)), { recursive: true });
    await writeFile(inArchive(sidecarsNameOf(name), 'foreign'), 'x');
    await fixture.queue.processOne(name);
    const renamed = name.replace('.jsonl', '-2.jsonl');
    expect(await readdir(inArchive(sidecarsNameOf(renamed)))).toEqual(pieces);
    expect(await readdir(inArchive(sidecarsNameOf(name)))).toEqual(['foreign']);
    expect(await readFile(inArchive(renamed), 'utf8')).toBe(userLine('u1'));
    expect(await scene.joined(agent)).toBe(userLine('s1'));
  });

  it('never mixes them with what took their name at the last moment', async () => {
    const name = await exportWithSidecars();
    const queue = fixture.makeQueue({
      async atStep(step) {
        if (step === 'move-sidecars') await mkdir(inArchive(sidecarsNameOf(name), 'foreign'), { recursive: true });
      },
    });
    await queue.processOne(name);
    expect(await scene.joined(agent)).toBe(userLine('s1'));
    expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
    expect(await readdir(inArchive(sidecarsNameOf(name)))).toEqual(['foreign']);
  });

  it('follows no link that was put in their place, and says so', async () => {
    const name = await exportWithSidecars();
    await rename(inPending(sidecarsNameOf(name)), path.join(fixture.folder, 'elsewhere'));
    await symlink(path.join(fixture.folder, 'elsewhere'), inPending(sidecarsNameOf(name)));
    await fixture.queue.processOne(name);
    expect(fixture.failures).toMatchObject([{ message: expect.stringContaining('where a folder is expected') }]);
    await rm(inPending(sidecarsNameOf(name)));
    await rename(path.join(fixture.folder, 'elsewhere'), inPending(sidecarsNameOf(name)));
    await fixture.queue.processOne(name);
    await expectArchived(name);
  });

  it('loses nothing that somebody put among them: on another disk it says what to move away', async () => {
    const name = await exportWithSidecars();
    const planted = inPending(sidecarsNameOf(name), 'link');
    await symlink('/etc/passwd', planted);
    const queue = fixture.makeQueue({ moveCalls: { link: otherDisk, rename: otherDisk } });
    await queue.processOne(name);
    expect(fixture.failures).toMatchObject([
      { message: expect.stringContaining('no plain file'), mend: expect.stringContaining('Move that away') },
    ]);
    expect((await readdir(inPending(sidecarsNameOf(name)))).toSorted()).toEqual([...pieces, 'link']);
    await rm(planted);
    await queue.processOne(name);
    await expectArchived(name);
  });

  it('does not hold up a segment whose sidecars are lost, and they are exported again', async () => {
    const name = await exportWithSidecars();
    await rm(inPending(sidecarsNameOf(name)), { recursive: true });
    expect(await fixture.queue.processOne(name)).toMatchObject({ kind: 'processed' });
    await fixture.exportNow();
    expect(await scene.joined(agent)).toBe(userLine('s1'));
  });
});

describe('a process killed while it archives sidecars', () => {
  class Killed extends Error {}
  const steps: readonly ArchiveStep[] = ['copy-manifest', 'move-sidecars', 'move', 'remove-manifest', 'report'];

  it.each(
    steps.flatMap((step) =>
      ['this disk', 'another disk'].flatMap((disk) => ['kept', 'lost'].map((index) => [step, disk, index] as const)),
    ),
  )('before "%s" to %s with its index %s: the next run ends in the same place', async (step, disk, index) => {
    const moveCalls = disk === 'this disk' ? { link, rename } : { link: otherDisk, rename: otherDisk };
    const name = await exportWithSidecars();
    const dying = fixture.makeQueue({
      moveCalls,
      atStep(reached) {
        if (reached === step) throw new Killed();
      },
    });
    expect(await dying.processOne(name)).toMatchObject({ kind: 'failed' });
    await dying.stop();
    let entries = fixture.index;
    if (index === 'lost') {
      await fixture.index.close();
      await rm(fixture.layout.indexFolder, { recursive: true });
      entries = openEntryIndex({ file: fixture.layout.indexFile, workerUrl: null });
      onTestFinished(() => entries.close());
    }
    fixture.clock.nowMs += 61_000;
    await fixture.makeQueue({ moveCalls, index: entries }).processAll();
    await expectArchived(name);
  });

  it('between the copy on another disk and the removal here', async () => {
    const name = await exportWithSidecars();
    const dying = fixture.makeQueue({
      atStep(step) {
        if (step === 'move') throw new Killed();
      },
    });
    expect(await dying.processOne(name)).toMatchObject({ kind: 'failed' });
    await dying.stop();
    // Half of it is removed here.
    await mkdir(inPending(sidecarsNameOf(name)));
    await writeFile(inPending(sidecarsNameOf(name), pieces[1] ?? ''), 'r1');
    fixture.clock.nowMs += 61_000;
    await fixture.makeQueue().processAll();
    await expectArchived(name);
  });

  it('in the middle of the copy: half a copy is no folder of sidecars', async () => {
    const name = await exportWithSidecars();
    const half = inArchive(`.${sidecarsNameOf(name)}.999999999-0123456789ab.cw-tmp`);
    await mkdir(half, { recursive: true });
    await writeFile(path.join(half, pieces[0] ?? ''), '{"ha');
    const dying = fixture.makeQueue({
      atStep(step) {
        if (step === 'move-sidecars') throw new Killed();
      },
    });
    expect(await dying.processOne(name)).toMatchObject({ kind: 'failed' });
    await dying.stop();
    fixture.clock.nowMs += 61_000;
    await fixture.makeQueue().processAll();
    await expectArchived(name);
  });
});
