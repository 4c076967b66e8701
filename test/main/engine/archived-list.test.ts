import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { ArchivedSessionsQuery } from '../../../src/shared/archived-sessions.js';
import { engineScene } from '../../support/engine-scene.js';
import { promptLine, ridingLine } from '../../support/transcript-lines.js';
import { waitUntil } from '../../support/wait-until.js';

const small = '11111111-2222-4333-8444-555555555555';
const large = '22222222-2222-4333-8444-555555555555';
const newest: ArchivedSessionsQuery = { order: 'newest', offset: 0, limit: 10 };

/** Two sessions in the archive: a large one, then a small one of another project. */
async function archivedScene() {
  const scene = engineScene();
  scene.write(large, [
    promptLine({ uuid: 'p1', text: 'pear '.repeat(3000), line: { cwd: '/w/docs-site' } }),
    ridingLine('custom-title', { customTitle: 'Rewrite the guide', sessionId: large }),
  ]);
  const engine = await scene.start();
  const archiveAll = async () => {
    await engine.sweepNow();
    await engine.exportNow(null);
    await waitUntil('an empty queue', () => engine.state().pendingExports.length === 0 || null);
  };
  await archiveAll();
  // Stamps have whole seconds.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  scene.write(small, [promptLine({ uuid: 'p2', text: 'quince', line: { cwd: '/w/api-server' } })]);
  await archiveAll();
  await waitUntil('both', async () => ((await engine.archived.sessions(newest)).total === 2 ? true : null));
  return { ...scene, engine };
}

it('lists what is archived with project, title, size and time, in either order and in parts', async () => {
  const { engine } = await archivedScene();
  const list = await engine.archived.sessions(newest);
  expect(list).toMatchObject({
    indexTrouble: null,
    sessions: [
      { sessionId: small, project: 'api-server', title: null, segments: 1 },
      { sessionId: large, project: 'docs-site', title: 'Rewrite the guide', segments: 1 },
    ],
  });
  const [first, second] = list.sessions;
  expect(Math.abs(Date.parse(first?.exportedAt ?? '') - Date.now())).toBeLessThan(60_000);
  expect((second?.bytes ?? 0) > (first?.bytes ?? 0)).toBe(true);
  const ids = async (query: ArchivedSessionsQuery) =>
    (await engine.archived.sessions(query)).sessions.map(({ sessionId }) => sessionId);
  expect(await ids({ ...newest, order: 'largest' })).toEqual([large, small]);
  expect(await ids({ ...newest, offset: 1, limit: 1 })).toEqual([large]);
  expect(await ids({ ...newest, offset: 2 })).toEqual([]);
  expect(await engine.archived.projects()).toHaveLength(2);
});

it('lists without an index, and says why where the index can not be read', async () => {
  const { engine, storage } = await archivedScene();
  expect(await engine.archived.sessions(newest)).toMatchObject({ indexTrouble: null, sessions: [{}, {}] });
  const index = path.join(storage, 'index', 'entries.sqlite');
  const parts = ['', '-wal', '-shm'].map((ending) => index + ending);
  for (const part of parts) renameSync(part, `${part}.away`);
  expect(await engine.archived.sessions(newest)).toMatchObject({
    indexTrouble: null,
    sessions: [{ project: null }, {}],
  });
  writeFileSync(index, 'no index at all '.repeat(100));
  const list = await engine.archived.sessions(newest);
  expect(list).toMatchObject({ total: 2, sessions: [{ sessionId: small, project: null, title: null }, {}] });
  expect(list.indexTrouble).toMatch(/The search index is damaged/);
  await expect(engine.archived.projects()).rejects.toThrow(/damaged/);
  for (const part of parts) renameSync(`${part}.away`, part);
  expect(await engine.archived.sessions(newest)).toMatchObject({
    indexTrouble: null,
    sessions: [{ project: 'api-server' }, {}],
  });
});

it('knows the folder of an archived session, and no other', async () => {
  const { engine, storage } = await archivedScene();
  expect(await engine.archived.folder(small)).toBe(path.join(storage, 'exports-archive', small));
  expect(await engine.archived.folder('33333333-2222-4333-8444-555555555555')).toBeNull();
  expect(await engine.archived.folder('../index')).toBeNull();
});
