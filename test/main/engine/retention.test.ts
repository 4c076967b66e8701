import { appendFileSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import type { NearDeletion } from '../../../src/shared/app-state.js';
import { engineScene, type EngineScene } from '../../support/engine-scene.js';
import { ridingLine } from '../../support/transcript-lines.js';
import { waitUntil } from '../../support/wait-until.js';

const [old, older, young] = [1, 2, 3].map((digit) => `5e55100${digit}-0000-4000-8000-000000000001`) as [
  string,
  string,
  string,
];
const dayMs = 86_400_000;

/** A clock that the test moves. */
function movedClock() {
  let shiftMs = 0;
  return {
    now: () => new Date(Date.now() + shiftMs),
    advance: (milliseconds: number) => void (shiftMs += milliseconds),
  };
}

/** Writes a session that was last written to so many days ago. */
function writeOld(scene: EngineScene, id: string, days: number, project?: string): string {
  const file = scene.write(id, 20_000, project);
  const at = Date.now() / 1_000 - days * 86_400;
  utimesSync(file, at, at);
  return file;
}

async function looks(engine: Engine, clock: ReturnType<typeof movedClock>, afterMs = 11 * 60_000): Promise<void> {
  clock.advance(afterMs);
  await engine.sweepNow();
}

function nearIs(engine: Engine, sessions: number): Promise<NearDeletion> {
  return waitUntil(`${sessions} sessions near their deletion`, () => {
    const near = engine.state().nearDeletion;
    return near?.sessions === sessions && !near.archiving ? near : null;
  });
}

const kinds = (engine: Engine) => engine.state().events.map(({ kind }) => kind);

it('counts what will be deleted within three days and is not archived, with its size, and tells once a day', async () => {
  const scene = engineScene();
  const clock = movedClock();
  const oldFile = writeOld(scene, old, 28);
  const olderFile = writeOld(scene, older, 45);
  writeOld(scene, young, 20);
  const agents = path.join(olderFile.replace('.jsonl', ''), 'subagents');
  mkdirSync(agents, { recursive: true });
  writeFileSync(path.join(agents, 'agent-a.jsonl'), '{"type":"user"}\n'.repeat(10));
  const engine = await scene.start({ now: clock.now });
  expect(engine.state().nearDeletion).toBeNull();
  await looks(engine, clock);
  const near = await nearIs(engine, 2);
  expect(near.bytes).toBe(statSync(oldFile).size + statSync(olderFile).size + 160);
  expect(Math.abs(Date.parse(near.firstAt ?? '') - (Date.now() - 15 * dayMs))).toBeLessThan(10_000);
  const told = await waitUntil('the word of it', () => engine.state().events[0]);
  expect(told).toMatchObject({
    kind: 'retention-near',
    sessions: 2,
    bytes: near.bytes,
    soonest: [older, old].map((sessionId) => ({ sessionId, project: 'api-server', title: null })),
  });
  await looks(engine, clock);
  await looks(engine, clock);
  expect(kinds(engine)).toEqual(['retention-near']);
  await looks(engine, clock, dayMs);
  await waitUntil('the next day’s word', () => (kinds(engine).length === 2 ? true : null));
  expect(scene.segments(old)).toEqual([]);
});

it('archives them at a click, with their sub-agents, tells of it in one, and counts them no more', async () => {
  const scene = engineScene();
  const clock = movedClock();
  writeOld(scene, old, 28);
  const file = writeOld(scene, older, 29);
  const agents = path.join(file.replace('.jsonl', ''), 'subagents');
  mkdirSync(agents, { recursive: true });
  writeFileSync(path.join(agents, 'agent-a.jsonl'), '{"type":"user"}\n');
  const engine = await scene.start({ now: clock.now });
  await looks(engine, clock);
  await nearIs(engine, 2);
  engine.archiveNearDeletion();
  await nearIs(engine, 0);
  expect(scene.segments(old)).toHaveLength(1);
  expect(scene.segments(older)).toHaveLength(1);
  const exported = engine.state().events.filter((event) => event.kind === 'exported');
  // The soonest first.
  expect(exported.map(({ sessionId, trigger }) => [sessionId, trigger])).toEqual([
    [older, 'retention'],
    [old, 'retention'],
  ]);
  expect(engine.state().events.at(-1)).toMatchObject({ kind: 'retention-archived', sessions: 2, failed: 0 });
  await looks(engine, clock);
  await waitUntil('an empty list', () => (engine.state().sessions.length === 0 ? true : null));
});

it('archives them by itself once the user has said so, and not while it is paused', async () => {
  const scene = engineScene();
  const clock = movedClock();
  writeOld(scene, old, 28);
  const engine = await scene.start({ now: clock.now });
  engine.setPaused(true);
  engine.updateSettings({ archiveBeforeDeletion: true });
  await looks(engine, clock);
  await nearIs(engine, 1);
  expect(scene.segments(old)).toEqual([]);
  engine.setPaused(false);
  await looks(engine, clock);
  await nearIs(engine, 0);
  expect(scene.segments(old)).toHaveLength(1);
});

it('does not count what is archived but for the lines that follow every session, nor what is exported by hand', async () => {
  const scene = engineScene();
  const clock = movedClock();
  const file = writeOld(scene, old, 28);
  writeOld(scene, older, 28);
  const engine = await scene.start({ now: clock.now });
  await looks(engine, clock);
  await nearIs(engine, 2);
  await engine.exportNow(old);
  appendFileSync(file, `${ridingLine()}\n`);
  utimesSync(file, Date.now() / 1_000 - 28 * 86_400, Date.now() / 1_000 - 28 * 86_400);
  await looks(engine, clock);
  expect((await nearIs(engine, 1)).bytes).toBe(statSync(scene.sessionFile(older)).size);
});

it('goes by the period that the client is set to in each of its folders', async () => {
  const scene = engineScene();
  const clock = movedClock();
  writeOld(scene, old, 28);
  const other = path.join(scene.home, 'work', 'projects', '-w');
  mkdirSync(other, { recursive: true });
  const session = path.join(other, `${older}.jsonl`);
  writeFileSync(session, `${JSON.stringify({ type: 'user', uuid: 'u', message: { role: 'user', content: 'x' } })}\n`);
  utimesSync(session, Date.now() / 1_000 - 5 * 86_400, Date.now() / 1_000 - 5 * 86_400);
  writeFileSync(path.join(scene.home, '.claude', 'settings.json'), '{"cleanupPeriodDays": 90}');
  writeFileSync(path.join(scene.home, 'work', 'settings.json'), '{"cleanupPeriodDays": 7}');
  const claudeFolders = [path.join(scene.home, '.claude'), path.join(scene.home, 'work')];
  const engine = await scene.start({ now: clock.now, claudeFolders });
  await looks(engine, clock);
  const { bytes } = await nearIs(engine, 1);
  expect(bytes).toBe(statSync(session).size);
});
