import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import { setAside } from '../../../src/main/archive/set-aside.js';
import { finishUnfinishedExports } from '../../../src/main/export/unfinished-exports.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { makeArchiveFixture } from './archive-fixture.js';

/** A storage with one export in the archive and one that waits, and a folder of somebody else's with a file in it. */
async function plantedScene() {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const { layout } = fixture;
  const exportLine = async (number: number) => {
    await fixture.append(userLine(`u${number}`, `words of export ${number}`));
    const outcome = await fixture.exportNow();
    if (outcome.kind !== 'exported') throw new Error(outcome.kind);
    return outcome.name;
  };
  await exportLine(1);
  await fixture.queue.processAll();
  const pending = await exportLine(2);
  const elsewhere = path.join(fixture.folder, 'elsewhere');
  await mkdir(elsewhere);
  await writeFile(path.join(elsewhere, 'theirs.jsonl'), 'of somebody else\n');

  /** Moves what was there to the folder elsewhere, and leads there with a link. */
  async function plant(place: string, as = 'target'): Promise<() => Promise<readonly string[]>> {
    const target = path.join(elsewhere, as);
    await rename(place, target);
    await symlink(target, place);
    const list = async () => (await readdir(elsewhere, { recursive: true })).toSorted();
    const before = await list();
    return async () => {
      const after = await list();
      return [...after.filter((name) => !before.includes(name)), ...before.filter((name) => !after.includes(name))];
    };
  }
  return { ...fixture, layout, pending, exportLine, plant };
}

const linkFault = (place: string) => ({
  name: 'StorageError',
  message: expect.stringContaining(`A link is where a folder of the context storage is expected (${place})`),
  mend: expect.stringMatching(/^Move the link away/),
});

describe('a link to a folder', () => {
  it('in the place of exports-pending is neither written through nor emptied', async () => {
    const { layout, queue, pending, exportLine, plant } = await plantedScene();
    const changes = await plant(layout.exportsPending);
    await expect(exportLine(3)).rejects.toMatchObject(linkFault(layout.exportsPending));
    await expect(queue.refresh()).rejects.toMatchObject(linkFault(layout.exportsPending));
    await Promise.allSettled([queue.processAll()]);
    await expect(setAside(pending, layout)).rejects.toMatchObject(linkFault(layout.exportsPending));
    const request = {
      folders: layout,
      setAside: layout.setAside,
      findSources: async () => [],
      now: () => new Date(),
      appVersion: '1',
      log: () => undefined,
    };
    await expect(finishUnfinishedExports(request)).rejects.toMatchObject(linkFault(layout.exportsPending));
    expect(await changes()).toEqual([]);
  });

  it.each(['exports-archive', `exports-archive/${sessionId}`])(
    'in the place of %s is not written through',
    async (name) => {
      const { layout, queue, pending, plant, failures } = await plantedScene();
      const place = path.join(layout.contextStorage, name);
      const changes = await plant(place);
      await queue.processAll();
      expect(failures).toMatchObject([
        { name: pending, message: linkFault(place).message, mend: linkFault(place).mend },
      ]);
      expect(queue.total()).toBe(1);
      const sweep = { sessionId, folders: layout, setAside: layout.setAside, now: () => new Date(Date.now() + 9e6) };
      await Promise.allSettled([compressSession({ ...sweep, plainForMs: 0, budgetBytes: 1e9 })]);
      expect(await changes()).toEqual([]);

      // The mend: the link goes, and the export is archived.
      await rm(place);
      await queue.processOne(pending);
      expect(queue.total()).toBe(0);
    },
  );

  it('in the place of the reports or of what is set aside is not written through', async () => {
    const { layout, queue, pending, plant, failures } = await plantedScene();
    for (const place of [layout.processingReports, layout.setAside]) {
      await mkdir(place, { recursive: true });
      const changes = await plant(place, path.basename(place));
      const failed = await Promise.allSettled([
        place === layout.setAside ? setAside(pending, layout) : queue.processAll(),
      ]);
      expect(failed).toHaveLength(1);
      expect(await changes()).toEqual([]);
      await rm(place);
    }
    expect(failures).toMatchObject([{ name: pending, message: linkFault(layout.processingReports).message }]);
  });

  it('in the place of the whole context storage is what the user has chosen', async () => {
    const { layout, queue, exportLine, plant } = await plantedScene();
    await plant(layout.contextStorage);
    await exportLine(3);
    await queue.processAll();
    expect(queue.total()).toBe(0);
  });
});
