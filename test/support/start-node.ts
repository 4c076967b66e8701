import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { onTestFinished } from 'vitest';

/** Starts Node with this code, waits until it prints something, and ends it when the test is over. */
export async function startNode(
  code: string,
  args: readonly string[] = [],
): Promise<ChildProcess & { readonly pid: number }> {
  const child = spawn(process.execPath, ['-e', code, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const { pid } = child;
  if (pid === undefined) throw new Error('The child did not start.');
  return Object.assign(child, { pid });
}

/** Runs until it is killed. */
export const patient = 'console.log("up"); setInterval(() => {}, 1000)';

/** Like `patient`, and deaf to SIGTERM. */
export const stubborn = `process.on("SIGTERM", () => {}); ${patient}`;
