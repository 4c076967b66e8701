import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { storageError } from './storage-error.js';
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

/** Makes a folder and its missing parents, for the user alone (0700). Folders that exist are left as they are. */
export async function createPrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storageError('make a folder', folder, error);
  }
}
