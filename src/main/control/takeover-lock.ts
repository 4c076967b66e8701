import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Older than this, a lock was left by a process that died while it held one: it is held for milliseconds. */
const staleAfterMilliseconds = 10_000;
const retryMilliseconds = 25;

/**
 * Runs `work` while no other process is in it for the same `file` (made, 0600, and removed again). What `work` throws
 * comes through; so does the error of a folder that can't be written.
 */
export async function withTakeoverLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  while (!(await tryTake(file))) {
    if (await isStale(file)) await rm(file, { force: true });
    else await sleep(retryMilliseconds);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryTake(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.close();
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs > staleAfterMilliseconds;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
