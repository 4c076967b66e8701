import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { copyFlushed, type MoveCalls } from './move-file.js';
import { pathExists } from './path-exists.js';
import { errorCode, StorageError } from './storage-error.js';
import { syncFolder } from './sync-folder.js';
import { temporaryPathFor } from './temporary-name.js';

/**
 * Moves a folder of plain files to a name that nothing has yet, flushing as it goes; copies, flushes and a removal where
 * the target lies on another file system. The new name is given by one rename: killed at any moment, the folder is whole
 * under the old name as long as nothing has the new one. `taken` where anything has the new name. Throws a `StorageError`
 * where something in it is no plain file and it has to be copied: nothing that was put there is lost.
 */
export async function moveFolder(
  from: string,
  to: string,
  calls: Pick<MoveCalls, 'rename'> = { rename },
): Promise<'done' | 'taken'> {
  if (await pathExists(to)) return 'taken';
  try {
    await calls.rename(from, to);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (nameTaken.has(code)) return 'taken';
    if (code !== 'EXDEV') throw error;
    if ((await copyFolder(from, to)) === 'taken') return 'taken';
  }
  await syncFolder(path.dirname(to));
  await removeFolder(from);
  return 'done';
}

/** Removes a folder with all that is in it, and makes that last. One that is gone already is no error. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await syncFolder(path.dirname(folder));
}

async function copyFolder(from: string, to: string): Promise<'done' | 'taken'> {
  const temporary = temporaryPathFor(to);
  try {
    await mkdir(temporary, { mode: 0o700 });
    for (const entry of await readdir(from, { withFileTypes: true })) {
      const file = path.join(from, entry.name);
      if (!entry.isFile()) throw notPlain(file);
      await copyFlushed(file, path.join(temporary, entry.name));
    }
    await syncFolder(temporary);
    await rename(temporary, to);
    return 'done';
  } catch (error) {
    if (nameTaken.has(errorCode(error) ?? '')) return 'taken';
    throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function notPlain(file: string): StorageError {
  const message = `Could not move a folder to another disk: what stands in it is no plain file (${file}).`;
  return new StorageError(message, { code: 'EINVAL', mend: 'Move that away, then try again.' });
}

/** What the systems say of a rename onto something that is there. */
const nameTaken = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR']);
