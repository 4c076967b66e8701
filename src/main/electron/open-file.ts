import { shell } from 'electron';
import { openInEditor } from './open-in-editor.js';

/**
 * Opens one of our files for its user: in the editor where it is found, else with the system's own program for it. Throws
 * with a sentence for people when neither works.
 */
export async function openFile(file: string): Promise<void> {
  if (await openInEditor(file)) return;
  const fault = await shell.openPath(file);
  if (fault !== '') throw new Error(`${file} could not be opened: ${fault}`);
}
