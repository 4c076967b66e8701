import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { manifestNameOf, sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import { finishUnfinishedExports } from '../../../src/main/export/unfinished-exports.js';
import { makeExportFixture, sessionId, userLine, type ExportFixture } from './export-fixture.js';
import { agent, result, sidecarScene, type SidecarScene } from './sidecar-scene.js';

let fixture: ExportFixture;
let scene: SidecarScene;
let pending: string;
let setAside: string;
beforeEach(async () => {
  fixture = await makeExportFixture();
  scene = sidecarScene(fixture);
  pending = fixture.folders.exportsPending;
  setAside = path.join(path.dirname(pending), 'set-aside');
});
afterEach(() => fixture.remove());

const finish = () =>
  finishUnfinishedExports({
    folders: fixture.folders,
    setAside,
    findSources: async () => [{ sessionId, path: fixture.sourcePath }],
    now: () => new Date(),
    appVersion: '0.1.0',
    log: () => undefined,
  });

const temporary = (name: string) => `.${name}.999999999-0123456789ab.cw-tmp`;

/** An export as a crash leaves it right before its manifest commits; before its sidecars got their name, if so wished. */
async function killedBeforeCommit(beforeSidecars: boolean): Promise<{ name: string; sidecars: string }> {
  await fixture.append(userLine('u1'));
  await scene.write(agent, userLine('s1'));
  await scene.write(result, 'r1');
  const outcome = await fixture.exportNow();
  if (outcome.kind !== 'exported') throw new Error(outcome.kind);
  const manifest = manifestNameOf(outcome.name);
  await rename(path.join(pending, manifest), path.join(pending, temporary(manifest)));
  const sidecars = sidecarsNameOf(outcome.name);
  if (beforeSidecars) await rename(path.join(pending, sidecars), path.join(pending, temporary(sidecars)));
  return { name: outcome.name, sidecars };
}

describe('finishUnfinishedExports with sidecars', () => {
  it.each([false, true])('completes them by the draft (before they had their name: %s)', async (before) => {
    const { name, sidecars } = await killedBeforeCommit(before);
    await rm(fixture.sourcePath);
    expect(await finish()).toEqual({ completed: [name], setAside: [] });
    expect((await readdir(pending)).toSorted()).toEqual([name, manifestNameOf(name), sidecars].toSorted());
    expect(await scene.joined(agent)).toBe(userLine('s1'));
    expect(await scene.joined(result)).toBe('r1');
  });

  it.each<[string, (folder: string) => Promise<unknown>]>([
    ['a piece is missing', async (folder) => rm(path.join(folder, (await readdir(folder))[0] ?? ''))],
    ['a piece has other bytes', async (folder) => writeFile(path.join(folder, (await readdir(folder))[0] ?? ''), 'xx')],
    [
      'a piece is a link',
      async (folder) => {
        const piece = path.join(folder, (await readdir(folder))[0] ?? '');
        await rename(piece, `${folder}.elsewhere`);
        await symlink(`${folder}.elsewhere`, piece);
      },
    ],
    ['the folder is gone', (folder) => rm(folder, { recursive: true })],
  ])('proves the segment by its source when %s, and exports the sidecars again', async (_, damage) => {
    const { name, sidecars } = await killedBeforeCommit(false);
    await damage(path.join(pending, sidecars));
    expect(await finish()).toEqual({ completed: [name], setAside: [] });
    expect(await scene.joined(agent)).toBeNull();
    await fixture.exportNow();
    expect(await scene.joined(agent)).toBe(userLine('s1'));
    expect(await scene.joined(result)).toBe('r1');
    expect((await readExportLedger({ sessionId, ...fixture.folders })).segments).toHaveLength(2);
  });

  it('sets aside sidecars whose segment lost its name in a power cut, and exports both again', async () => {
    const { name, sidecars } = await killedBeforeCommit(false);
    await rm(path.join(pending, name));
    expect(await finish()).toEqual({ completed: [], setAside: [] });
    expect(await readdir(pending)).toEqual([]);
    expect((await readdir(path.join(setAside, sidecars))).length).toBe(2);
    await fixture.exportNow();
    expect(await scene.joined(agent)).toBe(userLine('s1'));
    expect(await scene.joined(result)).toBe('r1');
  });

  it('sets aside sidecars that no draft tells of, with all that is in them', async () => {
    const { name, sidecars } = await killedBeforeCommit(false);
    await rm(path.join(pending, temporary(manifestNameOf(name))));
    await mkdir(path.join(setAside, sidecars), { recursive: true });
    expect(await finish()).toEqual({ completed: [name], setAside: [] });
    const aside = path.join(setAside, sidecars.replace('.sidecars', '-2.sidecars'));
    expect(await readFile(path.join(aside, '0002-b1.txt'), 'utf8')).toBe('r1');
    expect((await readdir(pending)).toSorted()).toEqual([name, manifestNameOf(name)].toSorted());
  });

  it('removes folders of sidecars that nobody writes any more, and no others', async () => {
    await fixture.append(userLine('u1'));
    await fixture.exportNow();
    const before = await readdir(pending);
    const gone = temporary('0a1b2c3d.sidecars');
    await mkdir(path.join(pending, gone));
    await writeFile(path.join(pending, gone, '0001-x'), 'x');
    await symlink(setAside, path.join(pending, gone, 'link'));
    await mkdir(setAside);
    await writeFile(path.join(setAside, 'kept'), 'kept');
    const foreign = temporary('a folder of somebody');
    await mkdir(path.join(pending, foreign));
    await finish();
    expect((await readdir(pending)).toSorted()).toEqual([...before, foreign].toSorted());
    expect(await readdir(setAside)).toEqual(['kept']);
  });
});
