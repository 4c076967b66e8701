import { appendFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { engineScene } from '../../support/engine-scene.js';
import { waitUntil } from '../../support/wait-until.js';

const id = '5e551001-0000-4000-8000-000000000001';

/** Puts a sub-agent's transcript beside a session. */
function writeAgent(sessionFile: string, text: string): string {
  const folder = path.join(sessionFile.replace('.jsonl', ''), 'subagents');
  mkdirSync(folder, { recursive: true });
  appendFileSync(path.join(folder, 'agent-a.jsonl'), text);
  return folder;
}

it('exports sub-agents with their session, and says what beside it can’t be read', async () => {
  const scene = engineScene();
  const folder = writeAgent(scene.write(id, 160_000), '{"type":"user","uuid":"s1"}\n');
  symlinkSync('/etc/passwd', path.join(folder, 'agent-link.jsonl'));
  const engine = await scene.start();
  await waitUntil('the export', () => engine.state().events.find(({ kind }) => kind === 'exported'));
  const archive = path.join(scene.storage, 'exports-archive', id);
  const sidecars = readdirSync(archive).find((name) => name.endsWith('.sidecars')) ?? '';
  expect(readdirSync(path.join(archive, sidecars))).toEqual(['0001-agent-a.jsonl']);
  expect(engine.state().problems).toMatchObject([
    { code: 'sidecars-left-out', sessionId: id, message: expect.stringContaining('agent-link.jsonl is no plain file') },
  ]);
  expect(readFileSync(path.join(archive, sidecars, '0001-agent-a.jsonl'), 'utf8')).toContain('s1');
});

it('takes a sub-agent that goes on while its session is silent for something new', async () => {
  const scene = engineScene();
  const file = scene.write(id, 160_000);
  writeAgent(file, '{"type":"user","uuid":"s1"}\n');
  const engine = await scene.start({ flags: { cooldownMinutes: 0, pollIntervalSeconds: 1 } });
  await waitUntil('the export', () => engine.state().events.find(({ kind }) => kind === 'exported'));
  await engine.sweepNow();
  expect(scene.segments(id)).toHaveLength(1);
  writeAgent(file, '{"type":"assistant","uuid":"s2"}\n');
  // The manifest is in the archive before its segment: only the event says that both are.
  const exports = () => engine.state().events.filter(({ kind }) => kind === 'exported');
  await waitUntil('an export of the sub-agent', () => (exports().length === 2 ? true : null), 25_000);
  expect(scene.segments(id)).toHaveLength(2);
  expect(scene.joined(id)).toBe(readFileSync(file, 'utf8'));
}, 40_000);

it('exports a session once when it went quiet, if the user wants that', async () => {
  const scene = engineScene();
  scene.write(id, 20_000);
  const engine = await scene.start({ flags: { pollIntervalSeconds: 1 } });
  await engine.settled();
  scene.age(id, 90);
  await engine.sweepNow();
  expect(scene.segments(id)).toEqual([]);
  engine.updateSettings({ idleExportMinutes: 1 });
  const event = await waitUntil('the export', () => engine.state().events.find(({ kind }) => kind === 'exported'));
  expect(event).toMatchObject({ trigger: 'idle', percent: 10 });
  expect(scene.logLines).toContain('The session went quiet - triggering export...');
  await engine.sweepNow();
  scene.write(id, 30_000);
  await engine.sweepNow();
  expect(scene.segments(id)).toHaveLength(1);
  scene.age(id, 61);
  await engine.sweepNow();
  await waitUntil('the next stretch', () => (scene.segments(id).length === 2 ? true : null));
});
