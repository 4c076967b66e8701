import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { moveFolder, removeFolder } from '../export/move-folder.js';
import { pathExists } from '../export/path-exists.js';
import { sidecarsNameOf } from '../export/segment-name.js';
import { holdsPieces } from '../export/sidecar-folder.js';
import { storageError } from '../export/storage-error.js';
import type { ArchiveSurroundings } from './archive-export.js';
import type { PendingFile } from './pending-files.js';

/**
 * Moves the sidecars beside where their segment will be; false where something else stands there. A folder that is
 * missing is left to whoever verifies the archive: its segment shall not wait for it.
 */
export async function bringSidecars(
  { path: segment, name, manifest }: PendingFile,
  archivedTo: string,
  { moveCalls, atStep }: ArchiveSurroundings,
): Promise<boolean> {
  const entries = manifest?.sidecars ?? [];
  if (entries.length === 0) return true;
  const from = path.join(path.dirname(segment), sidecarsNameOf(name));
  const to = path.join(path.dirname(archivedTo), sidecarsNameOf(path.basename(archivedTo)));
  if (!(await pathExists(from))) return true;
  if (!(await lstat(from)).isDirectory()) throw storageError('archive sidecars', from, notAFolder());
  await atStep?.('move-sidecars');
  if ((await moveFolder(from, to, moveCalls)) === 'done') return true;
  if (!(await holdsPieces(to, entries))) return false;
  await removeFolder(from);
  return true;
}

function notAFolder(): Error {
  return Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
}
