import { lstat, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createPrivateFolder, writeFileAtomically } from '../export/atomic-file.js';
import { errorCode } from '../export/storage-error.js';
import { desktopEntry, isOwnEntry, isSwitchedOff } from './desktop-entry.js';
import type { LoginOutcome } from './login-outcome.js';

const name = 'context-watcher.desktop';
const largestBytes = 65_536;

/** The folder that Linux desktops start programs from at login: in `$XDG_CONFIG_HOME`, else in `~/.config`. */
export function autostartFolder(homeFolder: string, environment: Readonly<Record<string, string | undefined>>): string {
  const config = environment['XDG_CONFIG_HOME'] ?? '';
  return path.join(path.isAbsolute(config) ? config : path.join(homeFolder, '.config'), 'autostart');
}

/**
 * Has Linux desktops start `words` at login, or no more, by a file in `folder` (0600; the folder 0700 where it is made). A file
 * that somebody else wrote or changed stays as it is. Throws a `StorageError` where the disk refuses.
 */
export async function setAutostart(folder: string, words: readonly string[], isOn: boolean): Promise<LoginOutcome> {
  const file = path.join(folder, name);
  const found = await look(file);
  if (!isOn) {
    if (found.kind === 'foreign' && found.starts) {
      return {
        kind: 'refused',
        message: `${file} was changed by hand and is left as it is.`,
        mend: 'Delete it, or switch it off in the settings of your desktop.',
      };
    }
    if (found.kind === 'own') await rm(file, { force: true });
    return { kind: 'set' };
  }
  if (found.kind === 'foreign') {
    if (found.starts) return { kind: 'set' };
    return {
      kind: 'refused',
      message: `Your desktop has the start at login switched off (${file}).`,
      mend: 'Switch it on there, or delete that file and try again.',
    };
  }
  const content = desktopEntry(words);
  if (found.kind === 'own' && found.content === content) return { kind: 'set' };
  await createPrivateFolder(folder);
  await writeFileAtomically(file, content);
  return { kind: 'set' };
}

type Found =
  | { readonly kind: 'missing' }
  | { readonly kind: 'own'; readonly content: string }
  /** Somebody else's; `starts`: the desktop would start it. */
  | { readonly kind: 'foreign'; readonly starts: boolean };

/** A link or folder in the file's place is somebody else's, and is not followed. */
async function look(file: string): Promise<Found> {
  try {
    const stats = await lstat(file);
    if (!stats.isFile() || stats.size > largestBytes) return { kind: 'foreign', starts: true };
    const content = await readFile(file, 'utf8');
    return isOwnEntry(content) ? { kind: 'own', content } : { kind: 'foreign', starts: !isSwitchedOff(content) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'missing' };
    throw error;
  }
}
