import { stat } from 'node:fs/promises';
import path from 'node:path';
import { oneLine } from '../support/one-line.js';

/** How the folder a session works in may be shown: opened, or only shown in the folder it lies in. */
export interface ShowableFolder {
  readonly folder: string;
  readonly how: 'open' | 'reveal';
}

/**
 * Looks whether what a transcript names as its working folder is one that may be opened: an absolute path on this
 * machine to a folder that exists. On macOS a folder with an ending may be a program: it is only revealed. Throws with a
 * sentence for people where it may not.
 */
export async function sessionFolder(cwd: string | null, platform: NodeJS.Platform): Promise<ShowableFolder> {
  if (cwd === null) throw new Error('This session has not said yet which folder it works in.');
  const shown = oneLine(cwd, 200);
  const isHere = platform === 'win32' ? /^[a-z]:[\\/]/i.test(cwd) : cwd.startsWith('/') && !cwd.startsWith('//');
  if (!isHere) throw new Error(`${shown} is no folder of this machine, so it is not opened.`);
  const found = await stat(cwd).catch(() => null);
  if (found === null) throw new Error(`${shown} is not there any more. It may have been moved or deleted.`);
  if (!found.isDirectory()) throw new Error(`${shown} is no folder, so it is not opened.`);
  const isBundle = platform === 'darwin' && path.posix.extname(cwd.replace(/\/+$/, '')) !== '';
  return { folder: cwd, how: isBundle ? 'reveal' : 'open' };
}
