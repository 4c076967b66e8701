import { appendFileSync, chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import { engineScene, type EngineScene } from '../../support/engine-scene.js';
import { boundaryLine, ridingLine } from '../../support/transcript-lines.js';
import { waitUntil } from '../../support/wait-until.js';

const one = '11111111-2222-4333-8444-555555555555';
const two = '22222222-2222-4333-8444-555555555555';

function percentOf(engine: Engine, id: string): number | null | undefined {
  return engine.state().sessions.find((session) => session.id === id)?.percent;
}

async function reaches(engine: Engine, id: string, percent: number): Promise<void> {
  await waitUntil(`${percent} % of ${id}`, () => (percentOf(engine, id) === percent ? true : null));
}

async function exports(scene: EngineScene, id: string, count: number): Promise<void> {
  await waitUntil(`${count} exports`, () => (scene.segments(id).length === count ? true : null));
}

function kinds(engine: Engine): string[] {
  return engine.state().events.map((event) => event.kind);
}

it('follows every live session at once and says what it knows of each', async () => {
  const scene = engineScene();
  scene.write(one, 40_000);
  scene.write(two, 100_000, 'docs-site');
  const engine = await scene.start();
  await engine.settled();
  await reaches(engine, two, 50);
  expect(engine.state().sessions).toMatchObject([
    { id: two, project: 'docs-site', usedTokens: 100_000, promptTokens: 99_900, windowTokens: 200_000, state: 'live' },
    { id: one, project: 'api-server', percent: 20, unexportedMessages: 2, exportedBytes: 0 },
  ]);
  scene.write(one, 60_000);
  await reaches(engine, one, 30);
  expect(scene.segments(one)).toEqual([]);
});

it('exports a session that is over the threshold at the start, and holds back the notice of the crossing', async () => {
  const scene = engineScene();
  const file = scene.write(one, 160_000);
  const engine = await scene.start();
  await waitUntil('the archived event', () => engine.state().events.find((event) => event.kind === 'exported'));
  expect(kinds(engine)).toEqual(['exported']);
  expect(scene.logLines).toContainEqual(
    expect.stringMatching(/^Processed and archived: .*-80pct\.jsonl \(2 new messages\)$/),
  );
  expect(engine.state().events[0]).toMatchObject({
    percent: 80,
    trigger: 'threshold',
    newMessages: 2,
    processed: true,
  });
  expect(scene.joined(one)).toBe(readFileSync(file, 'utf8'));
  expect(engine.state().sessions[0]).toMatchObject({ unexportedMessages: 0, lastExport: { trigger: 'threshold' } });
  await waitUntil('an empty pending list', () => (engine.state().pendingExports.length === 0 ? true : null));
});

it('exports once when the threshold is crossed, and not again within the cooldown', async () => {
  const scene = engineScene();
  scene.write(one, 100_000);
  const engine = await scene.start();
  await engine.settled();
  scene.write(one, 152_000);
  await exports(scene, one, 1);
  scene.write(one, 156_000);
  await reaches(engine, one, 78);
  await pause(200);
  expect(scene.segments(one)).toHaveLength(1);
  expect(kinds(engine).filter((kind) => kind === 'threshold-crossed')).toHaveLength(1);
});

it('after a restart exports nothing when nothing is new, and exactly the new lines when some are', async () => {
  const scene = engineScene();
  const file = scene.write(one, 160_000);
  const first = await scene.start();
  await exports(scene, one, 1);
  await first.stop();
  const second = await scene.start();
  await second.settled();
  await pause(200);
  expect(scene.segments(one)).toHaveLength(1);
  await expect(second.exportNow(one)).resolves.toMatchObject({ kind: 'done', outcomes: [{ kind: 'nothing-new' }] });
  scene.write(one, 161_000);
  await expect(second.exportNow(one.slice(0, 8))).resolves.toMatchObject({
    outcomes: [{ kind: 'exported', messages: 2 }],
  });
  expect(scene.segments(one)).toHaveLength(2);
  expect(scene.joined(one)).toBe(readFileSync(file, 'utf8'));
});

it('keeps one session’s cooldown from another', async () => {
  const scene = engineScene();
  scene.write(one, 160_000);
  await scene.start();
  await exports(scene, one, 1);
  scene.write(two, 160_000, 'docs-site');
  await exports(scene, two, 1);
  expect(scene.segments(one)).toHaveLength(1);
});

it('exports what came before a compaction, with the percent right before it, and shows an estimate', async () => {
  const scene = engineScene();
  scene.write(one, 40_000);
  const engine = await scene.start();
  await engine.settled();
  scene.write(one, [boundaryLine({ trigger: 'auto', preTokens: 168_000, postTokens: 18_000 })]);
  await exports(scene, one, 1);
  expect(scene.segments(one)[0]).toContain('-84pct.jsonl');
  const [session] = engine.state().sessions;
  expect(session).toMatchObject({ state: 'compacted', estimated: true, usedTokens: 57_900, promptTokens: null });
  expect(session?.justCompacted).toMatchObject({ trigger: 'auto', preTokens: 168_000, postTokens: 18_000 });
});

it('makes one late export of a session that jumps over the band', async () => {
  const scene = engineScene();
  scene.write(one, 20_000);
  const engine = await scene.start({ flags: { cooldownMinutes: 0 } });
  await engine.settled();
  scene.write(one, 196_000);
  await exports(scene, one, 1);
  scene.write(one, 198_000);
  await reaches(engine, one, 99);
  await pause(200);
  expect(scene.segments(one)).toHaveLength(1);
  expect(engine.state().events.find((event) => event.kind === 'exported')).toMatchObject({ late: true });
});

it('exports nothing by itself while paused, by hand all the same, and judges once on resume', async () => {
  const scene = engineScene();
  const engine = await scene.start();
  engine.setPaused(true);
  scene.write(one, 160_000);
  await reaches(engine, one, 80);
  await pause(150);
  expect(scene.segments(one)).toEqual([]);
  await engine.exportNow(null);
  expect(scene.segments(one)).toHaveLength(1);
  scene.write(one, 162_000);
  await reaches(engine, one, 81);
  engine.setPaused(false);
  await exports(scene, one, 2);
});

it('applies a lower threshold at once', async () => {
  const scene = engineScene();
  scene.write(one, 100_000);
  const engine = await scene.start();
  await engine.settled();
  expect(engine.updateSettings({ thresholdPercent: 99, maxPercent: 98 }).faults).not.toEqual([]);
  expect(engine.updateSettings({ thresholdPercent: 40 }).faults).toEqual([]);
  await exports(scene, one, 1);
});

it('goes on rightly when the session file is cut below what is exported and grows again', async () => {
  const scene = engineScene();
  const file = scene.write(one, 100_000);
  const size = readFileSync(file).length;
  scene.write(one, 160_000);
  const engine = await scene.start();
  await exports(scene, one, 1);
  truncateSync(file, size);
  await reaches(engine, one, 50);
  scene.write(one, 110_000);
  await reaches(engine, one, 55);
  await waitUntil('the count', () => (engine.state().sessions[0]?.unexportedMessages === 4 ? true : null));
  await expect(engine.exportNow(one)).resolves.toMatchObject({ outcomes: [{ kind: 'exported', messages: 4 }] });
});

it('does not count lines that ride along as something new', async () => {
  const scene = engineScene();
  scene.write(one, 160_000);
  const engine = await scene.start({ flags: { cooldownMinutes: 0 } });
  await exports(scene, one, 1);
  scene.write(one, [ridingLine(), ridingLine('mode')]);
  await engine.sweepNow();
  await pause(150);
  expect(scene.segments(one)).toHaveLength(1);
});

it('lists an old session only when asked for all, and exports it by its id', async () => {
  const scene = engineScene();
  scene.write(one, 160_000);
  scene.age(one, 13 * 3_600);
  const engine = await scene.start();
  await engine.settled();
  expect(engine.state().sessions).toEqual([]);
  await expect(engine.exportNow(one)).resolves.toMatchObject({ outcomes: [{ kind: 'exported' }] });
  await expect(engine.exportNow('99999999')).resolves.toMatchObject({ kind: 'unknown-session' });
  await expect(engine.exportNow('1111')).resolves.toMatchObject({ kind: 'unknown-session' });
});

it('names the mend when the storage can’t be written, tries again with pauses, and loses nothing', async () => {
  const scene = engineScene();
  writeFileSync(scene.storage, 'a file where the folder should be');
  scene.write(one, 160_000);
  const engine = await scene.start();
  const problem = await waitUntil('the problem', () =>
    engine.state().problems.find(({ code }) => code === 'export-failed'),
  );
  expect(problem.sessionId).toBe(one);
  expect(problem.mend).not.toBe('');
  scene.write(one, 161_000);
  await reaches(engine, one, 80.5);
  await pause(100);
  expect(kinds(engine).filter((kind) => kind === 'export-failed')).toHaveLength(1);
});

it.skipIf(process.getuid?.() === 0)(
  'says so when a session file is closed to us, and reads it when it is not',
  async () => {
    const scene = engineScene();
    const file = scene.write(one, 40_000);
    chmodSync(file, 0);
    const engine = await scene.start();
    await waitUntil('the problem', () => engine.state().problems.find(({ code }) => code === 'session-unreadable'));
    chmodSync(file, 0o600);
    appendFileSync(file, '\n');
    await waitUntil('no problem', () => (engine.state().problems.length === 0 ? true : null));
    expect(percentOf(engine, one)).toBe(20);
  },
);

it('writes the daemon’s state file, keeps its unknown keys, and says at the end that nobody watches', async () => {
  const scene = engineScene();
  mkdirSync(scene.storage);
  const file = path.join(scene.storage, 'auto-export-state.json');
  const oldExport = new Date(Date.now() - 60_000).toISOString();
  writeFileSync(file, JSON.stringify({ theirs: 1, last_export: oldExport, session_file: `${one}.jsonl` }));
  scene.write(one, 160_000);
  const engine = await scene.start();
  const read = () => JSON.parse(readFileSync(file, 'utf8'));
  await waitUntil('the state', () => (read().last_tokens === 160_000 ? true : null));
  expect(read()).toMatchObject({
    theirs: 1,
    last_context_percent: 80,
    watcher_active: true,
    session_file: `${one}.jsonl`,
  });
  // The daemon exported this session a minute ago: its cooldown holds.
  expect(scene.segments(one)).toEqual([]);
  await engine.stop();
  expect(read().watcher_active).toBe(false);
});
