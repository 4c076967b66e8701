import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { createPrivateFolder, writeFileAtomically } from '../export/atomic-file.js';
import { isAlive, isPythonDaemon, startMarkOf } from './process-facts.js';

/**
 * What the pid file says and what is true of it. `stale`: its process has ended, or its number now belongs to another
 * program. `live` means that the process is proven to be this app or the Python daemon that it replaces.
 */
export type PidFileStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'stale'; readonly pid: number }
  | { readonly kind: 'live'; readonly pid: number; readonly who: 'ours' | 'python-daemon' };

/** The two files that tell who runs: the number alone, as the daemon writes it, and what proves whose number it is. */
export interface PidFiles {
  readonly pidFile: string;
  readonly instanceFile: string;
}

const instanceSchema = z.object({ pid: z.int().positive(), startMark: z.string().min(1) });

/** Reads the pid file. `answeringPid` is the process that answers on the control socket, if any: it is ours for certain. */
export async function readPidFile(files: PidFiles, answeringPid: number | null): Promise<PidFileStatus> {
  const text = await readOrNull(files.pidFile);
  if (text === null) return { kind: 'none' };
  const pid = /^\s*[0-9]{1,10}\s*$/.test(text) ? Number(text) : 0;
  if (pid === 0) return { kind: 'invalid' };
  if (pid === answeringPid || (await isOurs(files, pid))) return { kind: 'live', pid, who: 'ours' };
  return (await isPythonDaemon(pid)) ? { kind: 'live', pid, who: 'python-daemon' } : { kind: 'stale', pid };
}

/** Whether this process runs and is the instance that wrote the instance file: same number, begun at the same moment. */
export async function isOurs({ instanceFile }: PidFiles, pid: number): Promise<boolean> {
  const instance = await readInstance(instanceFile);
  if (instance?.pid !== pid || !(await isAlive(pid))) return false;
  return instance.startMark === (await startMarkOf(pid));
}

/** Writes both files (0600, atomically) for this process, making their folder. Throws a `StorageError`. */
export async function writePidFiles({ pidFile, instanceFile }: PidFiles, pid: number): Promise<void> {
  await createPrivateFolder(path.dirname(pidFile));
  const startMark = await startMarkOf(pid);
  if (startMark !== null) await writeFileAtomically(instanceFile, `${JSON.stringify({ pid, startMark })}\n`);
  await writeFileAtomically(pidFile, `${pid}\n`);
}

/** Removes both files, each only while it names this process. */
export async function removePidFiles({ pidFile, instanceFile }: PidFiles, pid: number): Promise<void> {
  if (Number(await readOrNull(pidFile)) === pid) await rm(pidFile, { force: true });
  if ((await readInstance(instanceFile))?.pid === pid) await rm(instanceFile, { force: true });
}

async function readInstance(instanceFile: string): Promise<z.infer<typeof instanceSchema> | null> {
  try {
    return instanceSchema.parse(JSON.parse((await readOrNull(instanceFile)) ?? 'null'));
  } catch {
    // Not there, or not written by us: it proves nothing.
    return null;
  }
}

/** Null where there is no such file; a file that can't be read counts as an empty one. */
async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : '';
  }
}
