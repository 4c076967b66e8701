import { mkdir, access } from 'node:fs/promises';
import { shell } from 'electron';
import type { PlaceName, Places } from '../../shared/app-state.js';

/**
 * Opens a folder or file of ours with the system's own program for it; folders that don't exist yet are made (0700).
 * Throws with a sentence for people when that fails.
 */
export async function openPlace(places: Places, place: PlaceName): Promise<void> {
  const path = {
    'exports-archive': places.exportsArchive,
    'exports-pending': places.exportsPending,
    log: places.logFile,
    'settings-file': places.settingsFile,
  }[place];
  if (place === 'log') await expectFile(path, 'log');
  else if (place === 'settings-file') await expectFile(path, 'settings file');
  else await mkdir(path, { recursive: true, mode: 0o700 });
  const fault = await shell.openPath(path);
  if (fault !== '') throw new Error(`${path} could not be opened: ${fault}`);
}

async function expectFile(path: string, what: string): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    throw new Error(`There is no ${what} at ${path} yet.`, { cause: error });
  }
}
