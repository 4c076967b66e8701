import { chmod, chown, cp } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Copies a packaged app for the end-to-end tests, which drive it through the inspector: the inspect fuse, off in what ships, is on in
 * the copy. As root the copy is readable by all and its sandbox helper set-uid root, so that an ordinary user runs it sandboxed.
 * @param {string} packagedFolder
 * @param {string} copy folder to make; its parents must be open to that user
 * @returns {Promise<string>} the executable
 */
export async function makeTestCopy(packagedFolder, copy) {
  await cp(packagedFolder, copy, { recursive: true, verbatimSymlinks: true });
  const executable = join(copy, 'context-watcher');
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
  if (process.getuid?.() !== 0) return executable;
  await chmod(copy, 0o755);
  const helper = join(copy, 'chrome-sandbox');
  await chown(helper, 0, 0);
  await chmod(helper, 0o4755);
  return executable;
}
