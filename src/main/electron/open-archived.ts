import { shell } from 'electron';

/** Opens a session's archive folder with the system's own program for it. Throws with a sentence for people when there is none or that fails. */
export async function openArchived(folder: string | null): Promise<void> {
  if (folder === null) throw new Error('Nothing is archived of this session any more.');
  const fault = await shell.openPath(folder);
  if (fault !== '') throw new Error(`${folder} could not be opened: ${fault}`);
}
