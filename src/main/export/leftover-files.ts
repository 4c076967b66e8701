import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { namesAmongMany } from './folder-names.js';
import { errorCode, storageError } from './storage-error.js';
import { parseTemporaryName } from './temporary-name.js';

const longestWriteMs = 60 * 60_000;

/**
 * Removes the temporary files, and folders of sidecars, that a crash left in a folder: ours by their name, and written by
 * a process that is gone or silent for an hour. Returns the names removed. A folder that isn't there has none.
 */
export async function removeLeftovers(folder: string, now: () => Date): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const name of await namesAmongMany(folder, (one) => parseTemporaryName(one) !== null)) {
    const parts = parseTemporaryName(name);
    if (!parts) continue;
    const file = path.join(folder, name);
    try {
      const facts = await lstat(file);
      const isOurs = facts.isFile() || (facts.isDirectory() && parts.targetName.endsWith('.sidecars'));
      if (!isOurs || isBeingWritten(parts.processId, facts.mtimeMs, now())) continue;
      await rm(file, { recursive: true, force: true });
      removed.push(name);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw storageError('remove a leftover file', file, error);
    }
  }
  return removed;
}

function isBeingWritten(processId: number, modifiedMs: number, now: Date): boolean {
  // A process number is used again, at every start within a container: what is older than this process isn't its own.
  if (processId === process.pid) return modifiedMs >= now.getTime() - process.uptime() * 1000;
  return isAlive(processId) && now.getTime() - modifiedMs < longestWriteMs;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
