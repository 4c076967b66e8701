import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import type { RestoreStep } from '../../../src/main/archive/restore-file.js';
import { restoreSession } from '../../../src/main/archive/restore-session.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { agent, result, sidecarScene } from '../export/sidecar-scene.js';
import { makeArchivedScene } from './archived-scene.js';
import { buildForNode } from './build-for-node.js';
import { runChild } from './kill-one-child.js';

const steps: readonly RestoreStep[] = [
  'first-restored-byte',
  'flush-restored',
  'publish-restored',
  'flush-restored-name',
];

it('shows no half of a file when it is killed while it restores, at any step, and the next one ends it', async () => {
  const script = await buildForNode('test/main/archive/restore-kill-child.ts');
  const scene = await makeArchivedScene();
  const sidecars = sidecarScene(scene);
  const { folders, setAside, sourcePath } = scene;
  await sidecars.write(agent, userLine('s1', 'an agent '.repeat(20_000)));
  await sidecars.write(result, 'a result '.repeat(20_000));
  await scene.archiveLines(userLine('u1', 'one and more '.repeat(100_000)));
  const place = { sessionId, folders, setAside, now: () => new Date() };
  await compressSession({ ...place, plainForMs: 0, budgetBytes: Number.POSITIVE_INFINITY });
  await sidecars.append(agent, userLine('s2', 'and on '.repeat(20_000)));
  await scene.archiveLines(userLine('u2', 'two and more '.repeat(100_000)));

  const files = [sourcePath, sidecars.at(agent), sidecars.at(result)];
  const originals = await Promise.all(files.map(async (file) => ({ file, bytes: await readFile(file) })));
  const folder = path.dirname(sourcePath);
  const request = { session: sessionId, into: null, roots: [path.dirname(folder)], folders };
  const finish = () => restoreSession({ ...request, cleanupDays: async () => 30, now: () => new Date() });

  /** Files that stand there and hold anything but what was exported of them. */
  async function halves(): Promise<readonly string[]> {
    const standing = originals.filter(({ file }) => existsSync(file));
    const wrong = standing.map(async ({ file, bytes }) => ((await readFile(file)).equals(bytes) ? [] : [file]));
    return (await Promise.all(wrong)).flat();
  }

  const kills = [
    ...steps.flatMap((step) => files.map((_, index) => ({ dieBefore: { step, time: index + 1 }, afterMs: null }))),
    ...[0, 5, 10, 20, 40, 80].map((afterMs) => ({ dieBefore: null, afterMs })),
  ];
  const diedBefore: string[] = [];
  for (const { dieBefore, afterMs } of kills) {
    await rm(folder, { recursive: true });
    diedBefore.push(await runChild(script, { ...request, dieBefore }, afterMs));
    expect(await halves()).toEqual([]);
    expect(await finish()).toMatchObject({ kind: expect.stringMatching(/^(?:restored|already-there)$/) });
    expect([files.filter((file) => !existsSync(file)), await halves()]).toEqual([[], []]);
    const everything = await readdir(folder, { recursive: true });
    expect(everything.filter((name) => name.includes('.cw-tmp'))).toEqual([]);
  }
  expect(diedBefore).toEqual([...steps.flatMap((step) => files.map(() => step)), ...Array(6).fill('any moment')]);
}, 120_000);
