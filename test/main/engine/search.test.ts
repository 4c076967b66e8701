import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { ArchiveQuery } from '../../../src/shared/archive-search.js';
import type { IndexProgress } from '../../../src/main/archive/index-archive.js';
import { engineScene } from '../../support/engine-scene.js';
import { promptLine } from '../../support/transcript-lines.js';
import { waitUntil } from '../../support/wait-until.js';

const id = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
const query = (text: string): ArchiveQuery => ({
  text,
  project: null,
  role: null,
  session: null,
  kinds: null,
  since: null,
  until: null,
  limit: 20,
  offset: 0,
});

it('finds what it has exported, also after the session file and the index are gone', async () => {
  const scene = engineScene();
  const engine = await scene.start();
  expect(await engine.searchArchive(query('hello'))).toEqual({ kind: 'no-index' });
  const file = scene.write(id, [
    promptLine({ uuid: 'p1', text: 'an unmistakable marmalade', line: { cwd: '/w/api-server' } }),
  ]);
  await engine.sweepNow();
  await engine.exportNow(null);
  await waitUntil('the archive', () => engine.state().pendingExports.length === 0 || null);
  expect(await engine.searchArchive(query('marmalade'))).toMatchObject({
    kind: 'found',
    isIndexComplete: true,
    hits: [{ uuid: 'p1', project: 'api-server', sessionId: id }],
  });
  await engine.stop();
  rmSync(file);
  rmSync(path.join(scene.storage, 'index'), { recursive: true });

  const next = await scene.start();
  const indexFile = path.join(scene.storage, 'index', 'entries.sqlite');
  await waitUntil(
    'the index',
    () => (existsSync(indexFile) && scene.logLines.find((line) => line.startsWith('Indexed 1 messages of 1'))) || null,
  );
  expect(await next.searchArchive(query('rmalad'))).toMatchObject({ kind: 'found', total: 1, isIndexComplete: true });
  await next.stop();

  // Nothing is missing: nothing is built.
  const lines = scene.logLines.length;
  const last = await scene.start();
  await last.settled();
  await last.stop();
  expect(scene.logLines.slice(lines).filter((line) => /index/i.test(line))).toEqual([]);
});

it('says what of the archive it could not read, and indexes the rest', async () => {
  const scene = engineScene();
  const engine = await scene.start();
  for (const text of ['the first fig', 'the second fig']) {
    scene.write(id, [promptLine({ uuid: text.replaceAll(' ', '-'), text, line: { cwd: '/w/api-server' } })]);
    await engine.sweepNow();
    await engine.exportNow(null);
    await waitUntil('the archive', () => engine.state().pendingExports.length === 0 || null);
  }
  await engine.stop();
  const [name] = scene.segments(id);
  rmSync(path.join(scene.storage, 'exports-archive', id, name ?? ''));
  rmSync(path.join(scene.storage, 'index'), { recursive: true });

  const next = await scene.start();
  const problem = await waitUntil('the problem', () =>
    next.state().problems.find(({ code }) => code === 'index-incomplete'),
  );
  expect(problem?.message).toContain(name);
  expect(await next.searchArchive(query('fig'))).toMatchObject({ kind: 'found', total: 1 });
});

it('builds the index anew at a wish, says how far it is, and goes on later where it was ended', async () => {
  const scene = engineScene();
  const engine = await scene.start();
  for (const text of ['the first quince', 'the second quince', 'the third quince']) {
    scene.write(id, [promptLine({ uuid: text.replaceAll(' ', '-'), text, line: { cwd: '/w/api-server' } })]);
    await engine.sweepNow();
    await engine.exportNow(null);
    await waitUntil('the archive', () => engine.state().pendingExports.length === 0 || null);
  }
  const seen: IndexProgress[] = [];
  const [rebuilt, joined] = await Promise.all([
    engine.reindex({ onProgress: (progress) => void seen.push(progress) }),
    engine.reindex({}),
  ]);
  expect(rebuilt).toMatchObject({ pieces: 3, messages: 3, failed: [], isCancelled: false });
  expect(joined).toBe(rebuilt);
  expect(seen[0]).toEqual({ done: 0, all: 3 });
  expect(seen.at(-1)).toEqual({ done: 3, all: 3 });
  expect(await engine.searchArchive(query('quince'))).toMatchObject({ total: 3, isIndexComplete: true });

  const ended = new AbortController();
  ended.abort();
  expect(await engine.reindex({ signal: ended.signal })).toMatchObject({ pieces: 0, isCancelled: true });
  expect(await engine.searchArchive(query('quince'))).toMatchObject({ total: 0, isIndexComplete: false });
  await engine.stop();

  const next = await scene.start();
  await waitUntil('the index', () => scene.logLines.find((line) => line.startsWith('Indexed 3 messages of 3')) ?? null);
  await next.stop();
});
