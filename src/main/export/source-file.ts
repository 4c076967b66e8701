import { lstat, open, type FileHandle } from 'node:fs/promises';
import { readingFlags } from '../sessions/readable-file.js';
import { bytesBefore } from './source-check.js';
import { errorCode, storageError, StorageError } from './storage-error.js';

/** Opens a session file for reading; null when it is gone. Throws a `StorageError` where it can't be read, or is a link. */
export async function openSource(sourcePath: string): Promise<FileHandle | null> {
  try {
    const facts = await lstat(sourcePath);
    if (facts.isFile()) return await open(sourcePath, readingFlags);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError('read a session file', sourcePath, error);
  }
  throw new StorageError(`Could not read a session file: it is no file (${sourcePath}).`, {
    code: 'EISDIR',
    mend: 'Move away what stands there.',
  });
}

/** Whether the bytes just read are no longer what the file holds; looks only if the file was written to meanwhile. */
export async function isRewritten(
  source: FileHandle,
  modifiedBefore: bigint,
  copied: { readonly end: number; readonly tail: Buffer },
): Promise<boolean> {
  const { mtimeNs, size } = await source.stat({ bigint: true });
  if (size < copied.end) return true;
  if (mtimeNs === modifiedBefore) return false;
  const nowBefore = await bytesBefore(source, copied.end);
  return nowBefore === null || !nowBefore.equals(copied.tail);
}
