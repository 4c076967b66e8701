import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Runs a child until it ends; answers the step it died before, or that it was ended at any moment. */
export async function runChild(script: URL, plan: object, killAfterMs: number | null): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(script), JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, complained] = ['', ''];
  child.stderr.on('data', (data) => (complained += data));
  child.stdout.on('data', (data) => {
    if (said === '' && killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    said += data;
  });
  const watchdog = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(watchdog);
  expect(complained).toBe('');
  return said.replace('ready ', '') || 'any moment';
}
