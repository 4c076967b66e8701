import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { hashFile } from './hash-file.js';
import type { SidecarEntry } from './sidecar-entry.js';
import { errorCode } from './storage-error.js';

/** Whether a folder holds exactly the bytes that a manifest lists of sidecars. A link in place of folder or file is none. */
export async function holdsPieces(folder: string, entries: readonly SidecarEntry[]): Promise<boolean> {
  try {
    if (!(await lstat(folder)).isDirectory()) return false;
    for (const { file, range, sha256 } of entries) {
      const piece = path.join(folder, file);
      const facts = await lstat(piece);
      if (!facts.isFile() || facts.size !== range.end - range.start) return false;
      if ((await hashFile(piece)).sha256 !== sha256) return false;
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
