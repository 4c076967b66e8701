import { shell } from 'electron';
import { findStandingExport } from '../archive/standing-export.js';
import { openFile } from './open-file.js';

/**
 * Opens the export that a notice has named, however long ago: the file itself, or, once it is compressed, its folder with
 * it selected. Answers false where neither is there any more. Throws with a sentence for people when it can't be opened.
 */
export async function openExport(file: string): Promise<boolean> {
  const found = await findStandingExport(file);
  if (found.kind === 'plain') await openFile(found.path);
  if (found.kind === 'compressed') shell.showItemInFolder(found.path);
  return found.kind !== 'gone';
}
