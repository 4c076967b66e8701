import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../../scripts/run-command.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-run-'));
  mkdirSync(join(folder, '.ci'));
  copyFileSync(fileURLToPath(new URL('../../.ci/run', import.meta.url)), join(folder, '.ci', 'run'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs .ci/run with an `npm` of which each of the two calls prints a line and exits with a code. */
async function runCi(tests: [line: string, exitCode: number], client: [line: string, exitCode: number]) {
  const answer = ([line, exitCode]: [string, number]) => `echo "some noise"; echo "${line}"; exit ${exitCode}`;
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\nif [ "$1" = test ]; then ${answer(tests)}; fi\n${answer(client)}\n`);
  chmodSync(join(folder, 'npm'), 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  const { exitCode, stdout } = await runCommand({ command: 'bash', args: [join(folder, '.ci', 'run')] }, { env });
  return { exitCode, lastLine: stdout.trim().split('\n').at(-1) };
}

describe.skipIf(process.platform === 'win32')('.ci/run ends with one line over both commands', () => {
  test.each<[string, [string, number], [string, number], object]>([
    [
      'both good',
      ['10 passed, 0 failed', 0],
      ['5 passed, 0 failed', 0],
      { exitCode: 0, lastLine: '15 passed, 0 failed' },
    ],
    [
      'some skipped',
      ['10 passed, 0 failed, 2 skipped', 0],
      ['5 passed, 0 failed, 1 skipped', 0],
      { exitCode: 0, lastLine: '15 passed, 0 failed, 3 skipped' },
    ],
    [
      'a failed test',
      ['9 passed, 1 failed', 1],
      ['5 passed, 0 failed', 0],
      { exitCode: 1, lastLine: '14 passed, 1 failed' },
    ],
    [
      'a failed client',
      ['9 passed, 0 failed', 0],
      ['4 passed, 1 failed', 1],
      { exitCode: 1, lastLine: '13 passed, 1 failed' },
    ],
    [
      'a command that breaks off',
      ['Segmentation fault', 139],
      ['5 passed, 0 failed', 0],
      { exitCode: 1, lastLine: '5 passed, 1 failed' },
    ],
    [
      'an exit code that its line denies',
      ['10 passed, 0 failed', 1],
      ['5 passed, 0 failed', 0],
      { exitCode: 1, lastLine: '15 passed, 1 failed' },
    ],
  ])('%s', async (_, tests, client, expected) => expect(await runCi(tests, client)).toEqual(expected));
});
