import { opendir, readdir } from 'node:fs/promises';
import { errorCode, storageError } from './storage-error.js';

/** The names in a folder; none where it doesn't exist. Throws a `StorageError` where it can't be read. */
export async function folderNames(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    return noneIfMissing(folder, error);
  }
}

/**
 * Those names in a folder that `isWanted` takes, read in pieces: for a folder that may hold a hundred thousand, whose list
 * would stop everything else for a while. Fails as `folderNames` does.
 */
export async function namesAmongMany(folder: string, isWanted: (name: string) => boolean): Promise<readonly string[]> {
  const wanted: string[] = [];
  try {
    for await (const { name } of await opendir(folder, { bufferSize: 1_024 })) if (isWanted(name)) wanted.push(name);
    return wanted;
  } catch (error) {
    return noneIfMissing(folder, error);
  }
}

function noneIfMissing(folder: string, error: unknown): readonly string[] {
  if (errorCode(error) === 'ENOENT') return [];
  throw storageError('read a folder', folder, error);
}
