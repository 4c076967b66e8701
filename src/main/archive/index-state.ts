import { open } from 'node:fs/promises';
import { folderNames } from '../export/folder-names.js';
import { errorCode } from '../export/storage-error.js';
import { completeVersion } from './index-version.js';

/** Where the head of a SQLite file holds the `user_version`, a big-endian number of 4 bytes. */
const versionOffset = 60;

/**
 * Whether something is archived that may not stand in the index: the index is missing, of another version, or wasn't built
 * to the end. Looks at names and 64 bytes only, so that SQLite isn't loaded for it. Throws where they can't be read.
 */
export async function needsIndexing(indexFile: string, exportsArchive: string): Promise<boolean> {
  if ((await versionOf(indexFile)) === completeVersion) return false;
  return (await folderNames(exportsArchive)).length > 0;
}

async function versionOf(file: string): Promise<number | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const head = Buffer.alloc(versionOffset + 4);
      const { bytesRead } = await handle.read(head, 0, head.length, 0);
      return bytesRead === head.length ? head.readInt32BE(versionOffset) : null;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
