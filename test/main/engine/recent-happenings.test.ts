import { expect, test } from 'vitest';
import { engineScene } from '../../support/engine-scene.js';
import { boundaryLine } from '../../support/transcript-lines.js';
import { waitUntil } from '../../support/wait-until.js';

const one = '11111111-2222-4333-8444-555555555555';

test('exports and compactions are listed, the newest first, and are still there after a restart', async () => {
  const scene = engineScene();
  scene.write(one, 100_000);
  const first = await scene.start();
  await first.settled();
  scene.write(one, 160_000);
  await waitUntil('the export', () => first.state().recent.find(({ kind }) => kind === 'exported'));
  const at = new Date(Date.now() + 40_000).toISOString();
  scene.write(one, [boundaryLine({ preTokens: 167_000, postTokens: 18_000 }, { timestamp: at })]);
  await waitUntil('both', () => (first.state().recent.length >= 2 ? true : null));
  await first.settled();
  await first.stop();
  const { recent } = first.state();
  const exported = recent.find((happening) => happening.kind === 'exported' && happening.trigger === 'threshold');
  const compacted = recent.find(({ kind }) => kind === 'compacted');
  expect(exported).toMatchObject({ sessionId: one, project: 'api-server', percent: 80, messages: 4 });
  expect(compacted).toMatchObject({ at, preTokens: 167_000, postTokens: 18_000, exportedAt: expect.any(String) });
  const order = recent.filter((happening) => happening === compacted || happening === exported);
  expect(order.map(({ kind }) => kind)).toEqual(['compacted', 'exported']);

  const second = await scene.start();
  expect(second.state().recent).toEqual(recent);
  expect(second.state().events).toEqual([]);
});

test('ten at most are kept', async () => {
  const scene = engineScene();
  const engine = await scene.start();
  for (let count = 1; count <= 11; count += 1) {
    scene.write(one, 10_000 + count);
    await engine.sweepNow();
    await engine.exportNow(one);
  }
  expect(engine.state().recent).toHaveLength(10);
  expect(engine.state().recent[0]).toMatchObject({ kind: 'exported', trigger: 'manual', messages: 2 });
});
