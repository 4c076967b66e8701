import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';

/**
 * Mounts a drive at `folder` that answers nothing, as a network drive whose server is gone, until `wake` is called: then
 * every question fails and the drive is gone. Null where that isn't allowed (it takes root on Linux).
 */
export function mountHungDrive(folder: string): { readonly wake: () => void } | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  mkdirSync(folder, { recursive: true });
  let device: number;
  try {
    device = openSync('/dev/fuse', 'r+');
  } catch {
    return null;
  }
  try {
    // The mount's server is whoever holds the device; this one never reads a question from it.
    const options = `fd=3,rootmode=40000,user_id=0,group_id=0`;
    execFileSync('mount', ['-i', '-t', 'fuse', '-o', options, 'none', folder], {
      stdio: ['ignore', 'pipe', 'pipe', device],
    });
  } catch {
    closeSync(device);
    return null;
  }
  let isAwake = false;
  return {
    wake() {
      if (isAwake) return;
      isAwake = true;
      closeSync(device);
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
    },
  };
}
