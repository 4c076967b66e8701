import { lstat } from 'node:fs/promises';
import { errorCode } from './storage-error.js';

/** Whether anything has a path: a file, a folder, or a link wherever it leads. */
export async function pathExists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
