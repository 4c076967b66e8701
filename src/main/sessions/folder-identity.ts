import type { Stats } from 'node:fs';

/** Tells a folder from another that was made at the same path later, even when the system gave it the same inode number. */
export function folderIdentity({ dev, ino, birthtimeMs }: Stats): string {
  return `${dev}:${ino}:${birthtimeMs}`;
}
