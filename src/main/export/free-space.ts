import { statfs } from 'node:fs/promises';
import { errorCode, StorageError } from './storage-error.js';

/** Room for the manifest and for what the file system keeps of each file. */
const reserveBytes = 128 * 1024;

/** Free bytes for the user on a folder's disk; infinite where the file system doesn't tell. */
export async function freeBytesOf(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (errorCode(error) === 'ENOSYS' || errorCode(error) === 'ENOTSUP') return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** Throws a `StorageError` naming both sizes where a folder's disk has no room for `neededBytes` more. */
export async function demandFreeSpace(
  folder: string,
  neededBytes: number,
  freeBytes: (folder: string) => Promise<number>,
): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= neededBytes + reserveBytes) return;
  const mend = 'Free some space, or choose another context storage folder in the settings.';
  throw new StorageError(
    `The disk is full: the export needs ${inMegabytes(neededBytes)}, ${inMegabytes(free)} are free (${folder}). ${mend}`,
    { code: 'ENOSPC', mend },
  );
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
