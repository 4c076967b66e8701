import { open } from 'node:fs/promises';

/** Makes the names in a folder survive a power failure. Windows keeps them without being asked and opens no folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
