import { openRootDisk, type RootDisk } from './root-disk.js';

/** A drive that answers nothing for this long is said to be slow, and nobody waits for it any more. */
const slowAfterMs = 2000;

/** Hands out one and the same disk for a folder, so that all who ask one drive stand in one line. Opens none by itself. */
export function keepRootDisks(): (folder: string) => RootDisk {
  const disks = new Map<string, RootDisk>();
  return (folder) => {
    const disk = disks.get(folder) ?? openRootDisk(slowAfterMs);
    disks.set(folder, disk);
    return disk;
  };
}
