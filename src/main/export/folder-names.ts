import { readdir } from 'node:fs/promises';
import { errorCode, storageError } from './storage-error.js';

/** The names in a folder; none where it doesn't exist. Throws a `StorageError` where it can't be read. */
export async function folderNames(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw storageError('read a folder', folder, error);
  }
}
