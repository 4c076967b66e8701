import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compressQuietly, type QuietCompressionOptions } from '../../../src/main/archive/compress-quietly.js';
import type { StorageError } from '../../../src/main/export/storage-error.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { makeArchivedScene, type ArchivedScene } from './archived-scene.js';

function quiet({ folders, setAside }: ArchivedScene, change: Partial<QuietCompressionOptions> = {}) {
  const done: number[] = [];
  const troubles: (StorageError | null)[] = [];
  let asked = 0;
  const compression = compressQuietly({
    folders,
    setAside,
    now: () => new Date(),
    plainForMs: 0,
    budgetBytes: 50_000,
    withPlain: () => {
      asked += 1;
      return [sessionId];
    },
    onCompressed: (_, { files }) => void done.push(files),
    onTrouble: (error) => troubles.push(error),
    restPerWork: 0,
    ...change,
  });
  return { compression, done, troubles, asked: () => asked };
}

it('goes on at each sweep until the budget is used up', async () => {
  const scene = await makeArchivedScene();
  for (const uuid of ['u1', 'u2', 'u3']) await scene.archiveLines(userLine(uuid, 'x'.repeat(40_000)));
  const { compression, done, troubles, asked } = quiet(scene);
  await Promise.all([compression.sweep(), compression.sweep()]);
  expect(asked()).toBe(1);
  expect(done).toEqual([2]);
  await compression.sweep();
  await compression.sweep();
  expect(done).toEqual([2, 1]);
  expect(troubles.filter((error) => error !== null)).toEqual([]);
});

it('tells of a damaged file once, and does not read it again and again', async () => {
  const scene = await makeArchivedScene();
  await writeFile(scene.inArchive(await scene.archiveLines(userLine('u1'))), 'spoilt');
  const { compression, troubles } = quiet(scene);
  await compression.sweep();
  await compression.sweep();
  expect(troubles).toMatchObject([{ code: 'DAMAGED' }]);
});

it('ends when it is stopped, in the middle of a file or of a rest', async () => {
  const scene = await makeArchivedScene();
  await scene.archiveLines(userLine('u1', 'x'.repeat(3_000_000)));
  const first = quiet(scene, { budgetBytes: Number.POSITIVE_INFINITY });
  const sweeping = first.compression.sweep();
  await first.compression.stop();
  await sweeping;
  expect(first.done).toEqual([]);
  expect((await scene.joined()).equals(await scene.source())).toBe(true);

  const resting = quiet(scene, {
    restPerWork: 1_000,
    onCompressed: () => void setImmediate(() => resting.compression.stop()),
  });
  const startedMs = performance.now();
  await resting.compression.sweep();
  expect(performance.now() - startedMs).toBeLessThan(9_000);
});
