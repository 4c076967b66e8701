import { shell } from 'electron';

/** Opens a session's archive folder with the system's own program for it. Throws with a sentence for people when there is none or that fails. */
export async function openArchived(folder: string | null): Promise<void> {
  if (folder === null) throw new Error('Nothing is archived of this session any more.');
  const fault = await shell.openPath(folder);
  if (fault !== '') throw new Error(`${folder} could not be opened: ${fault}`);
}

/** Shows a restored session file in its folder. Throws with a sentence for people when no job has restored one. */
export function revealRestored(file: string | null): void {
  if (file === null) throw new Error('Nothing was restored by this.');
  shell.showItemInFolder(file);
}
