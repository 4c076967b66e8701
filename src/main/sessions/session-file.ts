import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** One session's transcript on disk. */
export interface SessionFile {
  /** The UUID that is the file's name; the session's identity. */
  readonly id: string;
  readonly path: string;
  /** Absolute path of the project folder it lies in. */
  readonly folder: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly inode: number;
}

const sessionFileName = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.jsonl$/i;
/** Of the session's id, with which its file's name begins. */
export const idLength = 36;
const sessionNameLength = idLength + '.jsonl'.length;

/** The session a file name or path stands for, or null where the name is no `<uuid>.jsonl`. The depth is the caller's to know. */
export function sessionIdOf(fileNameOrPath: string): string | null {
  const name = fileNameOrPath.length > sessionNameLength ? path.basename(fileNameOrPath) : fileNameOrPath;
  return name.length === sessionNameLength && sessionFileName.test(name) ? name.slice(0, idLength) : null;
}

/** The session at `filePath` as it is now; null when it is gone, a link, or anything but a plain file. Other errors throw. */
export async function statSessionFile(filePath: string): Promise<SessionFile | null> {
  const id = sessionIdOf(filePath);
  if (id === null) return null;
  const stats = await lstat(filePath).catch(nullWhenGone);
  if (stats === null || !stats.isFile()) return null;
  return sessionFileFrom(id, filePath, stats);
}

/**
 * All sessions of a `projects` folder: exactly `<root>/<folder>/<uuid>.jsonl`. Linked folders are followed, linked files
 * are not; what vanishes or is closed to us while walking is left out. A root that cannot be listed throws.
 */
export async function listSessionFiles(root: string): Promise<SessionFile[]> {
  const names = await readdir(root);
  const lists = await Promise.all(names.map((name) => listFolder(path.join(root, name))));
  return lists.flat();
}

/** The sessions of one project folder; empty when it is gone, no folder, or closed to us. */
async function listFolder(folder: string): Promise<SessionFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => sessionIdOf(name) !== null)
      .map((name) => statSessionFile(path.join(folder, name)).catch(() => null)),
  );
  return files.filter((file) => file !== null);
}

/** The session of a file whose name and facts are known. */
export function sessionFileFrom(id: string, filePath: string, stats: Stats): SessionFile {
  return {
    id,
    path: filePath,
    folder: path.dirname(filePath),
    sizeBytes: stats.size,
    modifiedAtMs: stats.mtimeMs,
    inode: stats.ino,
  };
}

/** Whether an error says that a file or folder is not there, and nothing else. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** Catches what says that a file or folder is not there; throws every other error again. */
export function nullWhenGone(error: unknown): null {
  if (isGone(error)) return null;
  throw error;
}
