import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { createPrivateFolder } from './atomic-file.js';
import { errorCode, storageError, StorageError } from './storage-error.js';

/**
 * Demands that a folder of the context storage is no link, nor any folder between it and the storage (`root`); what is
 * missing passes. Whoever plants a link there would have us write elsewhere. The storage itself may be a link: that is the user's choice.
 * Throws a `StorageError`.
 */
export async function demandNoLink(folder: string, root = path.dirname(folder)): Promise<void> {
  let place = root;
  for (const name of path.relative(root, folder).split(path.sep)) {
    place = path.join(place, name);
    try {
      if ((await lstat(place)).isSymbolicLink()) throw linkInPlace(place);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return;
      throw storageError('look at a folder', place, error);
    }
  }
}

/** Makes a folder of the context storage (0700), as `createPrivateFolder` does, through no link; see `demandNoLink`. */
export async function createStorageFolder(folder: string, root = path.dirname(folder)): Promise<void> {
  await demandNoLink(folder, root);
  await createPrivateFolder(folder);
}

/** What is thrown where a link has the place of such a folder. */
export function linkInPlace(place: string): StorageError {
  return new StorageError(`A link is where a folder of the context storage is expected (${place}).`, {
    code: 'ELOOP',
    mend: 'Move the link away. To keep exports elsewhere, choose another context storage folder in the settings.',
  });
}
