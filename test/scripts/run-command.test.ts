import { expect, test } from 'vitest';
import { npmCommand, npmErrors, runCommand } from '../../scripts/run-command.mjs';

const node = (script: string) => ({ command: process.execPath, args: ['-e', script] });

test('hands back output and exit code', async () => {
  const result = await runCommand(node('console.log("out"); console.error("err"); process.exitCode = 3'));
  expect(result).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false });
});

test('a program that is not there is exit code 127', async () => {
  expect((await runCommand({ command: 'no-such-program-here', args: [] })).exitCode).toBe(127);
});

test('a program that takes too long is ended', async () => {
  expect(await runCommand(node('setInterval(() => {}, 1000)'), { timeoutMs: 300 })).toMatchObject({
    exitCode: 1,
    timedOut: true,
  });
});

test('a program is ended with us', async () => {
  const result = await runCommand(node('setInterval(() => {}, 1000)'), { ending: AbortSignal.timeout(300) });
  expect(result).toMatchObject({ exitCode: 1, timedOut: false });
});

test.each<[NodeJS.Platform, Record<string, string>, object]>([
  ['linux', {}, { command: 'npm', args: ['ci'] }],
  ['win32', {}, { command: 'npm.cmd', args: ['ci'], shell: true }],
  [
    'win32',
    { npm_execpath: String.raw`C:\npm\bin\npm-cli.js` },
    { command: process.execPath, args: [String.raw`C:\npm\bin\npm-cli.js`, 'ci'] },
  ],
  ['linux', { npm_execpath: '/usr/lib/pnpm.cjs' }, { command: 'npm', args: ['ci'] }],
])('npm on %s with %o', (platform, env, command) => {
  expect(npmCommand(['ci'], { platform, env })).toEqual(command);
});

test("npm's errors are found before its help", () => {
  const stderr = ['npm warn a', 'npm error code EUSAGE', 'npm error', 'npm error not in sync', 'npm notice help'].join(
    '\n',
  );
  expect(npmErrors({ exitCode: 1, stdout: '', stderr, timedOut: false })).toBe(
    'npm error code EUSAGE\nnpm error not in sync',
  );
});
