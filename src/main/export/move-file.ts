import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathExists } from './path-exists.js';
import { errorCode } from './storage-error.js';
import { syncFolder } from './sync-folder.js';
import { temporaryPathFor } from './temporary-name.js';

/** The two calls a move rests on; a test passes its own to play another file system. */
export interface MoveCalls {
  readonly link: (from: string, to: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
}

/**
 * Gives a file a name that nothing has yet; the old name is left. `taken` where anything, a folder or a link too, has
 * the new name. Atomic; both names must be on one file system (`EXDEV` otherwise).
 */
export async function linkFile(
  from: string,
  to: string,
  calls: MoveCalls = { link, rename },
): Promise<'done' | 'taken'> {
  try {
    await calls.link(from, to);
    return 'done';
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return 'taken';
    if (code === null || !withoutHardLinks.has(code)) throw error;
  }
  // A disk without hard links (exFAT, some network drives): the next best thing has a gap between look and rename.
  if (await pathExists(to)) return 'taken';
  await calls.rename(from, to);
  return 'done';
}

/**
 * Moves a file to a name that nothing has yet, flushing as it goes; a copy, a flush and a removal where the target lies
 * on another file system. Killed at any moment, the file is whole under at least one of its two names.
 */
export async function moveFile(
  from: string,
  to: string,
  calls: MoveCalls = { link, rename },
): Promise<'done' | 'taken'> {
  const outcome = await linkFile(from, to, calls).catch((error: unknown) => {
    if (errorCode(error) === 'EXDEV') return duplicateFile(from, to, calls);
    throw error;
  });
  if (outcome === 'taken') return 'taken';
  await syncFolder(path.dirname(to));
  await rm(from, { force: true });
  await syncFolder(path.dirname(from));
  return 'done';
}

/**
 * Gives a file's content a second name, by a link where the disk allows it, else by a flushed copy; the old name stays.
 * `taken` where anything has the new name.
 */
export async function duplicateFile(
  from: string,
  to: string,
  calls: MoveCalls = { link, rename },
): Promise<'done' | 'taken'> {
  try {
    await calls.link(from, to);
    return 'done';
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'EEXIST') return 'taken';
    if (code !== 'EXDEV' && !withoutHardLinks.has(code)) throw error;
  }
  const temporary = temporaryPathFor(to);
  try {
    await copyFlushed(from, temporary);
    return await linkFile(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Copies to a new private file and flushes it. */
export async function copyFlushed(from: string, to: string): Promise<void> {
  await (await open(to, 'wx', 0o600)).close();
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const withoutHardLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'UNKNOWN']);
