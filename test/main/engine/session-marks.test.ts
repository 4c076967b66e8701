import { expect, test } from 'vitest';
import type { AppEvent } from '../../../src/shared/app-state.js';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import { engineScene } from '../../support/engine-scene.js';
import { waitUntil } from '../../support/wait-until.js';

const one = '11111111-2222-4333-8444-555555555555';
const two = '22222222-2222-4333-8444-555555555555';

function sessionOf(engine: Engine, id: string) {
  return engine.state().sessions.find((session) => session.id === id);
}

async function settledAt(engine: Engine, id: string, percent: number): Promise<void> {
  await waitUntil(`${percent} %`, () => (sessionOf(engine, id)?.percent === percent ? true : null));
}

test('a dismissed session stays away over a restart, until it is written to again', async () => {
  const scene = engineScene();
  scene.write(one, 40_000);
  scene.age(one, 60);
  const first = await scene.start();
  await first.settled();
  first.setDismissed(one, true);
  first.setDismissed('unknown', true);
  await waitUntil('the dismissal', () => (sessionOf(first, one)?.dismissed ? true : null));
  await first.stop();
  const second = await scene.start();
  await second.settled();
  expect(sessionOf(second, one)).toMatchObject({ dismissed: true, percent: 20 });
  scene.write(one, 60_000);
  await settledAt(second, one, 30);
  expect(sessionOf(second, one)?.dismissed).toBe(false);
});

test('a dismissed session is shown again at once when that is asked for', async () => {
  const scene = engineScene();
  scene.write(one, 40_000);
  const engine = await scene.start();
  await engine.settled();
  for (const dismissed of [true, false]) {
    engine.setDismissed(one, dismissed);
    await waitUntil('the other state', () => (sessionOf(engine, one)?.dismissed === dismissed ? true : null));
    expect(sessionOf(engine, one)).toMatchObject({ dismissed, percent: 20 });
  }
});

test('mutes stand in the state: of one session and of all', async () => {
  const scene = engineScene();
  scene.write(one, 40_000);
  scene.write(two, 40_000);
  const engine = await scene.start();
  await engine.settled();
  engine.muteNotices(one, 'lasting');
  await waitUntil('the mute', () => (sessionOf(engine, one)?.mute ? true : null));
  expect([sessionOf(engine, one)?.mute, sessionOf(engine, two)?.mute, engine.state().mute]).toEqual([
    { kind: 'lasting' },
    null,
    null,
  ]);
  engine.muteNotices(null, 'one-hour');
  await waitUntil('the mute of all', () => (engine.state().mute ? true : null));
  expect(engine.state().mute).toMatchObject({ kind: 'until' });
  engine.muteNotices(null, null);
  engine.muteNotices(one, null);
  await waitUntil('no mute', () => (!engine.state().mute && !sessionOf(engine, one)?.mute ? true : null));
});

test("a session's own threshold decides its export, and its band is the one shown", async () => {
  const scene = engineScene();
  scene.write(one, 90_000);
  scene.write(two, 90_000);
  const engine = await scene.start();
  await engine.settled();
  expect(engine.updateSettings({ thresholdPercentBySession: { [one]: 40 } })).toEqual({ faults: [] });
  await waitUntil('the export', () => (scene.segments(one).length === 1 ? true : null));
  expect(sessionOf(engine, one)?.exportBand).toEqual({ from: 40, to: 95, isOwn: true });
  expect(sessionOf(engine, two)?.exportBand).toEqual({ from: 75, to: 95, isOwn: false });
  expect(scene.segments(two)).toEqual([]);
});

test('a session with a higher threshold than the others is left alone where they are exported', async () => {
  const scene = engineScene();
  const engine = await scene.start({ flags: { thresholdPercentBySession: { [one]: 97 } } });
  scene.write(one, 180_000);
  scene.write(two, 180_000);
  await waitUntil('the export of the other', () => (scene.segments(two).length === 1 ? true : null));
  await settledAt(engine, one, 90);
  await engine.sweepNow();
  expect(scene.segments(one)).toEqual([]);
  scene.write(one, 196_000);
  const isOwnExport = (event: AppEvent) => event.kind === 'exported' && event.sessionId === one;
  const exported = await waitUntil('its own export', () => engine.state().events.find(isOwnExport));
  expect(exported).toMatchObject({ late: false });
  expect(scene.segments(one)).toHaveLength(1);
});
