import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { createStorageFolder } from './storage-folder.js';
import { moveFile } from './move-file.js';
import { moveFolder } from './move-folder.js';
import { storageError } from './storage-error.js';

/** Moves a file, or a folder of plain files, into a folder, under its own name or with `-2`, `-3` … before the ending. Returns the new path. */
export async function moveAside(file: string, folder: string): Promise<string> {
  await createStorageFolder(folder);
  const { name, ext } = path.parse(file);
  const move = (await lstat(file)).isDirectory() ? moveFolder : moveFile;
  for (let attempt = 1; ; attempt += 1) {
    const target = path.join(folder, attempt === 1 ? `${name}${ext}` : `${name}-${attempt}${ext}`);
    try {
      if ((await move(file, target)) === 'done') return target;
    } catch (error) {
      throw storageError('set a file aside', file, error);
    }
  }
}
