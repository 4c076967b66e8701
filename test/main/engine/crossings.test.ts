import { expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import { engineScene } from '../../support/engine-scene.js';
import { boundaryLine } from '../../support/transcript-lines.js';
import { waitUntil } from '../../support/wait-until.js';

const id = '11111111-2222-4333-8444-555555555555';

const crossings = (engine: Engine): number =>
  engine.state().events.filter(({ kind }) => kind === 'threshold-crossed').length;

/** Crossings are told in the same moment in which the reading is shown. */
async function reaches(engine: Engine, percent: number): Promise<void> {
  await waitUntil(`${percent} %`, () => (engine.state().sessions[0]?.percent === percent ? true : null));
  await engine.settled();
}

it('tells of a crossing once in an episode, also over a restart, and anew only after a drop by five points', async () => {
  const scene = engineScene();
  scene.write(id, 100_000);
  const first = await scene.start();
  await first.settled();
  scene.write(id, 152_000);
  await reaches(first, 76);
  expect(crossings(first)).toBe(1);
  scene.write(id, 140_000); // 70 %: not below threshold − 5.
  await reaches(first, 70);
  scene.write(id, 154_000);
  await reaches(first, 77);
  expect(crossings(first)).toBe(1);
  await first.stop();

  const second = await scene.start();
  await reaches(second, 77);
  scene.write(id, 156_000);
  await reaches(second, 78);
  expect(crossings(second)).toBe(0);
  scene.write(id, 139_000);
  await reaches(second, 69.5);
  scene.write(id, 150_000);
  await reaches(second, 75);
  expect(crossings(second)).toBe(1);
});

it('tells of the crossing after a compaction, and of none that was made while the app was off', async () => {
  const scene = engineScene();
  scene.write(id, 160_000);
  const first = await scene.start();
  await reaches(first, 80);
  expect(crossings(first)).toBe(0);
  scene.write(id, [boundaryLine({ trigger: 'auto', preTokens: 168_000, postTokens: 18_000 })]);
  await waitUntil('the compaction', () => first.state().events.find(({ kind }) => kind === 'compacted'));
  scene.write(id, 158_000);
  await reaches(first, 79);
  await waitUntil('the crossing', () => (crossings(first) === 1 ? true : null));
  await first.stop();
  scene.write(id, [boundaryLine({ trigger: 'auto', preTokens: 168_000, postTokens: 18_000 })]);
  scene.write(id, 162_000);
  const second = await scene.start();
  await reaches(second, 81);
  expect(crossings(second)).toBe(0);
});
