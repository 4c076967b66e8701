import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTestCopy } from './test-copy.mjs';
import { testUser } from './test-user.mjs';
import { startVirtualDesktop } from './virtual-desktop.mjs';

/**
 * @typedef {{
 *   executable: string,
 *   folder: string,
 *   environment: Record<string, string>,
 *   user: import('./desktop-part.mjs').User | undefined,
 * }} EndToEndScene a copy of the packaged app, an empty folder, a desktop, and the ordinary user of all three where we are root
 */

/**
 * Sets the scene for driving the packaged app, hands it to `use`, and removes it after that.
 * @template Result
 * @param {string} packagedFolder
 * @param {(line: string) => void} say
 * @param {(scene: EndToEndScene) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withEndToEndScene(packagedFolder, say, use) {
  const user = testUser(process.getuid?.() === 0);
  const scene = await mkdtemp(join(tmpdir(), 'context-watcher-e2e-'));
  await chmod(scene, 0o755);
  try {
    const executable = await makeTestCopy(packagedFolder, join(scene, 'app'));
    const folder = join(scene, 'work');
    await mkdir(folder, { mode: 0o700 });
    if (user) await chown(folder, user.uid, user.gid);
    const desktop = await startVirtualDesktop({ dir: join(scene, 'desktop'), ...(user ? { user } : {}) });
    say(`On a virtual desktop on ${desktop.env['DISPLAY']}${user ? ` as user ${user.uid}, sandbox on` : ''}`);
    try {
      return await use({ executable, folder, environment: desktop.env, user });
    } finally {
      await desktop.stop();
    }
  } finally {
    await rm(scene, { recursive: true, force: true });
  }
}
