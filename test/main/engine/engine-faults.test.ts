import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import { engineScene } from '../../support/engine-scene.js';
import { answerLine, boundaryLine, transcriptOf } from '../../support/transcript-lines.js';
import { waitUntil } from '../../support/wait-until.js';

const id = '11111111-2222-4333-8444-555555555555';
const boundary = boundaryLine({ trigger: 'auto', preTokens: 168_000, postTokens: 18_000 });

function hasProblem(engine: Engine, code: string): true | null {
  return engine.state().problems.some((problem) => problem.code === code) ? true : null;
}

function isMended(engine: Engine, code: string): true | null {
  return hasProblem(engine, code) ? null : true;
}

it('begins a new episode when the compaction came while the app was off', async () => {
  const scene = engineScene();
  scene.write(id, 196_000);
  const first = await scene.start({ flags: { cooldownMinutes: 0 } });
  await waitUntil('the late export', () => scene.segments(id)[0]);
  await first.stop();
  scene.write(id, [boundary]);
  scene.write(id, 40_000);
  const second = await scene.start({ flags: { cooldownMinutes: 0 } });
  await waitUntil('the export of the compaction', () => scene.segments(id)[1]);
  scene.write(id, 198_000);
  await waitUntil('the late export of the new episode', () => scene.segments(id)[2]);
  const told = await waitUntil('the first to be told', () =>
    second.state().events.find((event) => event.kind === 'exported'),
  );
  expect(told).toMatchObject({ trigger: 'compaction' });
});

it('names a compaction’s export by the figures before it, also when the next answer came with it', async () => {
  const scene = engineScene();
  scene.write(id, 60_000);
  const engine = await scene.start();
  await engine.settled();
  scene.write(id, [boundary, answerLine({ uuid: 'z', messageId: 'z', promptTokens: 40_000, outputTokens: 100 })]);
  const name = await waitUntil('the export', () => scene.segments(id)[0]);
  expect(name).toContain('-84pct');
  expect(engine.state().events.find((event) => event.kind === 'compacted')).toMatchObject({ preTokens: 168_000 });
});

it('exports the newer of two files of one session in two roots, and goes on with the other when that is gone', async () => {
  const scene = engineScene();
  scene.write(id, 100_000);
  scene.write(id, 120_000);
  const engine = await scene.start({
    flags: { cooldownMinutes: 0 },
    environment: { CLAUDE_CONFIG_DIR: path.join(scene.home, 'b') },
  });
  await engine.exportNow(id);
  scene.age(id, 60);
  const copy = path.join(scene.home, 'b', 'projects', '-w-api-server', `${id}.jsonl`);
  mkdirSync(path.dirname(copy), { recursive: true });
  writeFileSync(
    copy,
    transcriptOf(answerLine({ uuid: 'n', messageId: 'n', promptTokens: 170_900, outputTokens: 100 })),
  );
  await waitUntil('the copy', () => (engine.state().sessions[0]?.percent === 85.5 ? true : null));
  await waitUntil('its export', () => scene.segments(id)[1]);
  rmSync(copy);
  await waitUntil('the first file again', () => (engine.state().sessions[0]?.percent === 60 ? true : null));
  expect(engine.state().sessions).toHaveLength(1);
});

it('makes up for an export that failed, also when its session has gone quiet meanwhile', async () => {
  const scene = engineScene();
  writeFileSync(scene.storage, 'in the way');
  scene.write(id, 160_000);
  let skewMs = 0;
  const now = () => new Date(Date.now() + skewMs);
  const engine = await scene.start({ now, flags: { pollIntervalSeconds: 1 } });
  await waitUntil('the failure', () => hasProblem(engine, 'export-failed'));
  rmSync(scene.storage);
  skewMs = 20 * 60_000;
  await waitUntil('the export', () => scene.segments(id)[0]);
  await waitUntil('no problem', () => isMended(engine, 'export-failed'));
  await waitUntil('a readable storage', () => isMended(engine, 'storage-unreadable'));
  expect(engine.state().sessions[0]).toMatchObject({ live: false, unexportedMessages: 0 });
});

it('tells of a failure once for its cause, also over a restart, and again when it has been over', async () => {
  const scene = engineScene();
  writeFileSync(scene.storage, 'in the way');
  scene.write(id, 160_000);
  const failures = (engine: Engine) => engine.state().events.filter(({ kind }) => kind === 'export-failed');
  const first = await scene.start();
  await waitUntil('the failure', () => failures(first)[0]);
  await first.stop();
  // The pause before the next try is over.
  const now = () => new Date(Date.now() + 20 * 60_000);
  const second = await scene.start({ now });
  await waitUntil('it to fail again', () => hasProblem(second, 'export-failed'));
  expect(failures(second)).toEqual([]);
  await second.stop();
  rmSync(scene.storage);
  const third = await scene.start({ now: () => new Date(Date.now() + 40 * 60_000) });
  await waitUntil('the export', () => scene.segments(id)[0]);
  await third.stop();
});

it('lets go of sessions whose root left the settings', async () => {
  const scene = engineScene();
  const extra = path.join(scene.home, 'other');
  const file = path.join(extra, 'projects', '-w-x', `${id}.jsonl`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, transcriptOf(answerLine({ promptTokens: 99_900, outputTokens: 100 })));
  const engine = await scene.start({ flags: {} });
  engine.updateSettings({ extraRoots: [extra] });
  await waitUntil('the session', () => engine.state().sessions[0]);
  engine.updateSettings({ extraRoots: [] });
  await waitUntil('no session', () => (engine.state().sessions.length === 0 ? true : null));
  engine.updateSettings({ thresholdPercent: 10 });
  await pause(150);
  expect(scene.segments(id)).toEqual([]);
});

it('finds a session that was written a moment ago when told to export all', async () => {
  const scene = engineScene();
  const engine = await scene.start();
  scene.write(id, 40_000);
  await expect(engine.exportNow(null)).resolves.toMatchObject({ outcomes: [{ kind: 'exported', sessionId: id }] });
});

it('says nothing again and again of a quiet session above the threshold', async () => {
  const scene = engineScene();
  scene.write(id, 160_000);
  scene.age(id, 3_600);
  const engine = await scene.start();
  await engine.settled();
  await waitUntil('the session', () => engine.state().sessions[0]);
  const { revision } = engine.state();
  await engine.sweepNow();
  await engine.sweepNow();
  await pause(50);
  expect(engine.state()).toMatchObject({ revision, events: [] });
});

it('says so when the pending folder can’t be looked at, and takes it back when it can', async () => {
  const scene = engineScene();
  mkdirSync(scene.storage);
  const pending = path.join(scene.storage, 'exports-pending');
  writeFileSync(pending, 'in the way');
  const engine = await scene.start({ flags: { pollIntervalSeconds: 1 } });
  await waitUntil(
    'the problem',
    () => hasProblem(engine, 'storage-unreadable') ?? hasProblem(engine, 'exports-unreadable'),
  );
  rmSync(pending);
  scene.write(id, 160_000);
  await waitUntil('the export', () => scene.segments(id)[0]);
  await waitUntil('no problem', () => (engine.state().problems.length === 0 ? true : null));
  expect(engine.state().problems).toEqual([]);
});

it('says that a deleted session held messages that no export has', async () => {
  const scene = engineScene();
  const file = scene.write(id, 60_000);
  const engine = await scene.start();
  await waitUntil('the session', () => engine.state().sessions[0]);
  rmSync(file);
  await waitUntil('the problem', () => hasProblem(engine, 'session-lost'));
  expect(engine.state().sessions).toEqual([]);
  expect(engine.state().problems[0]?.message).toContain('2 of its messages were not exported');
});

it('says that a file by a session’s name is no transcript, until it is one', async () => {
  const scene = engineScene();
  scene.write(id, ['no json', 'at all']);
  const engine = await scene.start();
  await waitUntil('the problem', () => hasProblem(engine, 'not-a-transcript'));
  expect(engine.state().sessions).toMatchObject([{ state: 'unknown', percent: null, badLines: 2 }]);
  scene.write(id, 60_000);
  await waitUntil('no problem', () => isMended(engine, 'not-a-transcript'));
  expect(engine.state().problems).toEqual([]);
});

it('waits for the end of the line that crosses the threshold, and then exports that line too', async () => {
  const scene = engineScene();
  const file = scene.write(id, 60_000);
  const engine = await scene.start();
  await engine.settled();
  appendFileSync(file, answerLine({ uuid: 'x', messageId: 'x', promptTokens: 159_900, outputTokens: 100 }));
  await waitUntil('the reading', () => (engine.state().sessions[0]?.percent === 80 ? true : null));
  await pause(150);
  expect(scene.segments(id)).toEqual([]);
  appendFileSync(file, '\n');
  await waitUntil('the export', () => engine.state().events.find((event) => event.kind === 'exported'));
  expect(scene.joined(id)).toContain('159897');
});
