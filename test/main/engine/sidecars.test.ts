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
