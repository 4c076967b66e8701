import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

/** Mounts a disk of a few kilobytes at `folder`; null where that isn't allowed (it takes root on Linux). */
export function mountSmallDisk(folder: string, kilobytes: number): { readonly unmount: () => void } | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  mkdirSync(folder, { recursive: true });
  try {
    run('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=700`, 'tmpfs', folder]);
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return { unmount: () => run('umount', [folder]) };
}

function run(command: string, values: readonly string[]): void {
  execFileSync(command, values, { stdio: 'pipe' });
}
