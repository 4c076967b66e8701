import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runSetupSteps } from '../../scripts/setup-steps.mjs';

type Steps = Parameters<typeof runSetupSteps>[0];

let folder = '';
let lines: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-steps-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (steps: Steps, ending?: AbortSignal) =>
  runSetupSteps(steps, { projectFolder: folder, cache: folder, say: (line) => lines.push(line), ending });

test.each<[string, Steps[number]]>([
  ['sudo apt-get install x', { kind: 'ask-for-libraries', missing: ['libx.so'], command: 'sudo apt-get install x' }],
  ['unset the variable', { kind: 'use-electron-folder', folder: '/nowhere' }],
  ['npm ping', { kind: 'install-dependencies', because: 'missing' }],
  ['Node 22.12', { kind: 'download-electron', otherwise: 'stop' }],
  ['chmod 4755', { kind: 'check-sandbox-helper' }],
])('a failed step says what to do next: %s', async (next, step) => {
  await expect(run([step])).rejects.toThrow(new RegExp(`Next: .*${next}`, 's'));
});

test('missing libraries are listed', async () => {
  const step: Steps[number] = { kind: 'ask-for-libraries', missing: ['liba.so', 'Xvfb'], command: 'c' };
  await expect(run([step])).rejects.toThrow('liba.so, Xvfb');
});

test('root runs without the sandbox and is told', async () => {
  const { electronFlags } = await run([{ kind: 'run-without-sandbox' }]);
  expect(electronFlags).toEqual(['--no-sandbox']);
  expect(lines).toHaveLength(1);
});

test('nothing is begun after the end was asked for', async () => {
  expect((await run([{ kind: 'run-without-sandbox' }], AbortSignal.abort())).electronFlags).toEqual([]);
});
