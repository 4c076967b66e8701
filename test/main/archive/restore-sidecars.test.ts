import { appendFile, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import { restoreSession } from '../../../src/main/archive/restore-session.js';
import { verifyArchive } from '../../../src/main/archive/verify-archive.js';
import { compressedNameOf, sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { makeArchivedScene, type ArchivedScene } from './archived-scene.js';

const agent = `${sessionId}/subagents/agent-a1.jsonl`;
const meta = `${sessionId}/subagents/agent-a1.meta.json`;
const result = `${sessionId}/tool-results/b.txt`;
const oldAgent = 'agent-0ld.jsonl';

/** A session with sidecars that grew and changed over three exports: compressed, archived, pending. */
async function scene() {
  const made = await makeArchivedScene();
  const folder = path.dirname(made.sourcePath);
  const write = async (name: string, text: string, how = appendFile) => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await how(path.join(folder, name), text);
  };
  await write(agent, userLine('s1'));
  await write(meta, '{"agentType":"one"}', writeFile);
  await write(result, 'large '.repeat(1000), writeFile);
  await write(oldAgent, `${JSON.stringify({ type: 'user', sessionId, uuid: 'o1', isSidechain: true })}\n`);
  const names = [await made.archiveLines(userLine('u1'))];
  const { folders, setAside } = made;
  const now = () => new Date();
  const budgetBytes = Number.POSITIVE_INFINITY;
  await compressSession({ sessionId, folders, setAside, now, plainForMs: 0, budgetBytes });
  await write(agent, userLine('s2'));
  await write(meta, '{"agentType":"two"}', writeFile);
  names.push(await made.archiveLines(userLine('u2')));
  await write(agent, userLine('s3'));
  names.push(await made.exportLines());
  const files = new Map<string, Buffer>();
  for (const name of [agent, meta, result, oldAgent]) files.set(name, await readFile(path.join(folder, name)));
  return { ...made, folder, names, files };
}

function restore({ folders, sourcePath }: ArchivedScene, into: string | null = null) {
  const roots = [path.dirname(path.dirname(sourcePath))];
  return restoreSession({
    session: sessionId,
    into,
    roots,
    folders,
    cleanupDays: async () => 30,
    now: () => new Date(),
  });
}

it('brings the sidecars back byte for byte, with their times', async () => {
  const made = await scene();
  const { mtimeMs } = await stat(path.join(made.folder, agent));
  expect(await verifyArchive(made.folders)).toMatchObject({ sidecarPieces: 7, faults: [] });
  await rm(made.folder, { recursive: true });
  expect(await restore(made)).toMatchObject({
    kind: 'restored',
    sidecars: { restored: 4, alreadyThere: 0, problems: [] },
  });
  for (const [name, bytes] of made.files) {
    expect((await readFile(path.join(made.folder, name))).equals(bytes)).toBe(true);
    expect((await stat(path.join(made.folder, name))).mode & 0o777).toBe(0o600);
  }
  expect(Math.abs((await stat(path.join(made.folder, agent))).mtimeMs - mtimeMs)).toBeLessThan(1.1);
  expect((await stat(path.join(made.folder, sessionId))).mode & 0o777).toBe(0o700);
  expect(await restore(made)).toMatchObject({ kind: 'already-there', sidecars: { restored: 0, alreadyThere: 4 } });
});

it('leaves what stands in the place of a sidecar, tells it, and restores the others', async () => {
  const made = await scene();
  await rm(made.folder, { recursive: true });
  await mkdir(path.join(made.folder, sessionId, 'subagents'), { recursive: true });
  await writeFile(path.join(made.folder, meta), '{"agentType":"a newer one, and longer"}');
  const elsewhere = path.join(made.folder, 'elsewhere');
  await mkdir(elsewhere);
  await symlink(elsewhere, path.join(made.folder, sessionId, 'tool-results'));
  const outcome = await restore(made);
  expect(outcome).toMatchObject({ kind: 'restored', sidecars: { restored: 2 } });
  const { problems } = outcome.kind === 'restored' ? outcome.sidecars : { problems: [] };
  expect(problems.map((problem) => problem.path).toSorted()).toEqual([meta, result]);
  expect(await readdir(elsewhere)).toEqual([]);
  expect(await readFile(path.join(made.folder, meta), 'utf8')).toContain('newer');
});

it('restores the session though one of its sidecars is damaged', async () => {
  const made = await scene();
  await rm(made.folder, { recursive: true });
  const sidecars = made.inArchive(sidecarsNameOf(made.names[0] ?? ''));
  const piece = (await readdir(sidecars)).find((name) => name.endsWith(compressedNameOf('agent-a1.jsonl'))) ?? '';
  await writeFile(path.join(sidecars, piece), 'spoilt');
  const into = path.join(made.folder, 'back');
  expect(await restore(made, into)).toMatchObject({
    kind: 'restored',
    sidecars: { restored: 3, problems: [{ path: agent, mend: expect.stringContaining('backup') }] },
  });
  expect((await readFile(path.join(into, result))).equals(made.files.get(result) ?? Buffer.alloc(0))).toBe(true);
});
