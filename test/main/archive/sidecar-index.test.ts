import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openArchiveSearch } from '../../../src/main/archive/archive-search.js';
import { chainOf } from '../../../src/main/export/segment-manifest.js';
import { manifestNameOf, sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { makeArchiveFixture } from './archive-fixture.js';

const query = { project: null, role: null, session: null, kinds: null, since: null, until: null, limit: 20, offset: 0 };

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A pending export that brings a piece of a sub-agent's transcript, and a file that is no transcript. */
async function makeScene() {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  await fixture.append(userLine('u1', 'look for plums, please'));
  const outcome = await fixture.exportNow();
  if (outcome.kind !== 'exported') throw new Error(outcome.kind);
  const { exportsPending, exportsArchive } = fixture.layout;
  const folder = path.join(exportsPending, sidecarsNameOf(outcome.name));
  await mkdir(folder, { mode: 0o700 });
  const pieces = [
    {
      path: `${sessionId}/subagents/agent-a66.jsonl`,
      file: '0001-agent-a66.jsonl',
      kind: 'lines',
      text: userLine('s1', 'plums found by the agent'),
    },
    { path: `${sessionId}/tool-results/b1.txt`, file: '0002-b1.txt', kind: 'whole', text: 'plums in a spilled result' },
  ];
  for (const { file, text } of pieces) await writeFile(path.join(folder, file), text, { mode: 0o600 });
  const sidecars = pieces.map(({ text, ...piece }) => ({
    ...piece,
    range: { start: 0, end: text.length },
    sha256: sha256(text),
    chain: chainOf('', sha256(text)),
    generation: 0,
    source: { inode: '1', sizeBytes: text.length, modifiedNs: '1' },
    tail: { bytes: 1, sha256: sha256(text.slice(-1)) },
  }));
  const manifest = path.join(exportsPending, manifestNameOf(outcome.name));
  await writeFile(manifest, JSON.stringify({ ...JSON.parse(await readFile(manifest, 'utf8')), sidecars }));
  const search = openArchiveSearch(
    { file: fixture.layout.indexFile, workerUrl: null },
    { now: () => new Date(), maskSecrets: () => false },
  );
  onTestFinished(() => search.close());
  /** What archiving does with the folder. */
  const moveFolder = async () => {
    const target = path.join(exportsArchive, sessionId, path.basename(folder));
    await rename(folder, target).catch(() => undefined);
  };
  return { ...fixture, folder, moveFolder, search: (text: string) => search.search({ ...query, text }) };
}

const expected = {
  kind: 'found',
  total: 2,
  hits: expect.arrayContaining([
    expect.objectContaining({ uuid: 'u1', agentId: null, sessionId }),
    expect.objectContaining({
      uuid: 's1',
      agentId: 'a66',
      sessionId,
      place: expect.objectContaining({ sidecar: `${sessionId}/subagents/agent-a66.jsonl`, offsetBytes: 0 }),
    }),
  ]),
};

it("finds what sub-agents said, linked to their session, and counts it as the export's", async () => {
  const scene = await makeScene();
  await scene.queue.processAll();
  expect(scene.failures).toEqual([]);
  expect(scene.processed).toMatchObject([{ newMessages: 2, duplicateMessages: 0 }]);
  expect(await scene.search('plums')).toMatchObject(expected);
});

it('finds it again in an index that is built from the archive', async () => {
  const scene = await makeScene();
  await scene.queue.processAll();
  await scene.moveFolder();
  const folders = scene.layout;
  expect(await scene.index.indexArchive({ folders, fromScratch: true })).toMatchObject({
    pieces: 2,
    messages: 2,
    failed: [],
  });
  expect(await scene.search('plums')).toMatchObject(expected);
});

it('indexes nothing of an export with a changed sidecar, and names it', async () => {
  const scene = await makeScene();
  await writeFile(path.join(scene.folder, '0001-agent-a66.jsonl'), userLine('s1', 'plums forged'));
  await scene.queue.processAll();
  expect(scene.failures).toMatchObject([{ message: expect.stringContaining('0001-agent-a66.jsonl') }]);
  expect(await scene.search('plums')).toMatchObject({ total: 0 });
  await rm(scene.folder, { recursive: true });
});
