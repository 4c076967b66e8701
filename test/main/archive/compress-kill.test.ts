import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { CompressStep } from '../../../src/main/archive/compress-piece.js';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import { compressedNameOf, manifestNameOf } from '../../../src/main/export/segment-name.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { makeArchivedScene } from './archived-scene.js';
import { buildForNode } from './build-for-node.js';
import { runChild } from './kill-one-child.js';

const steps: readonly CompressStep[] = [
  'compress',
  'flush-compressed',
  'read-back',
  'publish-compressed',
  'flush-compressed-name',
  'remove-plain',
];

it('keeps every byte when it is killed while it compresses, at any step', async () => {
  const script = await buildForNode('test/main/archive/compress-kill-child.ts');
  const scene = await makeArchivedScene();
  const place = { folders: scene.folders, setAside: scene.setAside, sessionId };
  const names: string[] = [];
  const kills = [
    ...steps.flatMap((step) => [1, 2].map((time) => ({ dieBefore: { step, time }, afterMs: null }))),
    ...[0, 5, 10, 20, 40].map((afterMs) => ({ dieBefore: null, afterMs })),
  ];
  const diedBefore: string[] = [];
  for (const [turn, { dieBefore, afterMs }] of kills.entries()) {
    for (const part of ['a', 'b']) {
      names.push(await scene.archiveLines(userLine(`u${turn}${part}`, `${turn} and more `.repeat(30_000))));
    }
    diedBefore.push(await runChild(script, { ...place, dieBefore }, afterMs));
    expect((await scene.joined()).equals(await scene.source())).toBe(true);
    expect(await scene.exportNow()).toMatchObject({ kind: 'nothing-new' });
  }
  expect(diedBefore).toEqual([...steps.flatMap((step) => [step, step]), ...Array(5).fill('any moment')]);

  await compressSession({ ...place, now: () => new Date(), plainForMs: 0, budgetBytes: Number.POSITIVE_INFINITY });
  expect((await scene.joined()).equals(await scene.source())).toBe(true);
  expect((await readdir(scene.inArchive())).toSorted()).toEqual(
    names.flatMap((name) => [compressedNameOf(name), manifestNameOf(name)]).toSorted(),
  );
}, 120_000);
