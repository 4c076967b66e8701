import { afterEach, expect, test, vi } from 'vitest';
import { runApp } from '../../scripts/app-process.mjs';

afterEach(() => vi.useRealTimers());

const run = (script: string, ending: AbortSignal) =>
  runApp(process.execPath, ['-e', script], { env: process.env, ending, say: () => {} });
const forever = 'setInterval(() => {}, 1000);';

test.each([
  ['0', 0],
  ['3', 3],
])("the app's own exit code %s", async (code, exitCode) => {
  expect(await run(`process.exit(${code})`, new AbortController().signal)).toBe(exitCode);
});

test.each([
  ['ends by itself', `process.on('SIGTERM', () => process.exit(0)); ${forever}`, 0],
  ['has no handler yet', forever, 0],
  ['fails on its way out', `process.on('SIGTERM', () => process.exit(4)); ${forever}`, 4],
])('asked to end, the app %s', async (_, script, exitCode) => {
  expect(await run(script, AbortSignal.timeout(500))).toBe(exitCode);
});

test('asked to end before the app was started', async () => {
  expect(await run(forever, AbortSignal.abort())).toBe(0);
});

test('an app that crashes is not a good end', async () => {
  expect(await run("process.kill(process.pid, 'SIGKILL')", new AbortController().signal)).toBe(1);
});
