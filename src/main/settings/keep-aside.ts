import { constants, copyFileSync, existsSync, renameSync } from 'node:fs';

/** Renames a file that can't be used to `<file>.bad-<UTC time>` in the same folder and returns that path. Throws when the disk refuses. */
export function moveAside(file: string, now: Date): string {
  const kept = freeName(file, now);
  renameSync(file, kept);
  return kept;
}

/** Copies a file to `<file>.bad-<UTC time>` in the same folder, with its mode, and returns that path. Throws when the disk refuses. */
export function copyAside(file: string, now: Date): string {
  const kept = freeName(file, now);
  copyFileSync(file, kept, constants.COPYFILE_EXCL);
  return kept;
}

function freeName(file: string, now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const name = `${file}.bad-${stamp}`;
  let free = name;
  for (let copy = 2; existsSync(free); copy += 1) free = `${name}-${copy}`;
  return free;
}
