import { lstat } from 'node:fs/promises';
import { errorCode, storageError } from '../export/storage-error.js';

/** Whether a path is a folder: not a link, which is not followed, nor anything else. Throws a `StorageError`. */
export async function isPlainFolder(folder: string): Promise<boolean> {
  try {
    return (await lstat(folder)).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw storageError('look at a folder of the archive', folder, error);
  }
}
