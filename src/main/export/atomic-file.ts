import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, storageError } from './storage-error.js';
import { syncFolder } from './sync-folder.js';
import { temporaryPathFor } from './temporary-name.js';

/**
 * Writes a whole file so that a reader, and a crash at any moment, sees the old content or the new, never half of it:
 * temporary name, flush, rename, flush the folder. Replaces what is there; made with `mode` (0600). Throws a
 * `StorageError` and leaves nothing behind.
 */
export async function writeFileAtomically(
  target: string,
  data: string | Uint8Array,
  { mode = 0o600 }: { readonly mode?: number } = {},
): Promise<void> {
  const temporary = temporaryPathFor(target);
  try {
    await writeFlushed(temporary, data, mode);
    await rename(temporary, target);
    await syncFolder(path.dirname(target));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError('write a file', target, error);
  }
}

/** Writes a new file and flushes it to the disk. Fails where the name is taken, by a link too. */
export async function writeFlushed(target: string, data: string | Uint8Array, mode = 0o600): Promise<void> {
  const handle = await open(target, 'wx', mode);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes a folder and its missing parents, for the user alone (0700), and makes their names last: what is flushed inside a
 * folder is lost with the folder. Folders that exist are left as they are. Throws a `StorageError`.
 */
export async function createPrivateFolder(folder: string): Promise<void> {
  try {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    const above = path.dirname(path.resolve(first));
    for (let at = path.resolve(folder); at !== above; at = path.dirname(at)) await syncNamesIn(path.dirname(at));
  } catch (error) {
    throw storageError('make a folder', folder, error);
  }
}

/** A folder above ours may be one that the user can't read: then the system alone decides when its names last. */
async function syncNamesIn(folder: string): Promise<void> {
  await syncFolder(folder).catch((error: unknown) => {
    if (errorCode(error) !== 'EACCES' && errorCode(error) !== 'EPERM') throw error;
  });
}
