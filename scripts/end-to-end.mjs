import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTestCopy } from './test-copy.mjs';
import { testUser } from './test-user.mjs';
import { startVirtualDesktop } from './virtual-desktop.mjs';
import { runVitest } from './vitest-run.mjs';

/**
 * Runs the end-to-end tests against a copy of the packaged app on a virtual desktop of their own, as an ordinary user when we are root.
 * The tests find the scene in their environment: DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS, CONTEXT_WATCHER_E2E_APP (executable),
 * CONTEXT_WATCHER_E2E_DIR (an empty folder of that user) and, when we are root, CONTEXT_WATCHER_E2E_UID and _GID.
 * @param {string} projectFolder
 * @param {string} packagedFolder
 * @param {{ say: (line: string) => void, args?: string[], ending?: AbortSignal | undefined }} setting `args` go to vitest: file names, -t …
 * @returns {Promise<import('./vitest-run.mjs').TestCounts>}
 */
export async function runEndToEndTests(projectFolder, packagedFolder, { say, args = [], ending }) {
  const user = testUser(process.getuid?.() === 0);
  const scene = await mkdtemp(join(tmpdir(), 'context-watcher-e2e-'));
  await chmod(scene, 0o755);
  try {
    const executable = await makeTestCopy(packagedFolder, join(scene, 'app'));
    const dir = join(scene, 'work');
    await mkdir(dir, { mode: 0o700 });
    if (user) await chown(dir, user.uid, user.gid);
    const desktop = await startVirtualDesktop({ dir: join(scene, 'desktop'), ...(user ? { user } : {}) });
    say(
      `End-to-end tests on a virtual desktop on ${desktop.env['DISPLAY']}${user ? ` as user ${user.uid}, sandbox on` : ''}`,
    );
    try {
      const identity = user
        ? { CONTEXT_WATCHER_E2E_UID: String(user.uid), CONTEXT_WATCHER_E2E_GID: String(user.gid) }
        : {};
      const env = {
        ...process.env,
        ...desktop.env,
        ...identity,
        CONTEXT_WATCHER_E2E_APP: executable,
        CONTEXT_WATCHER_E2E_DIR: dir,
      };
      return await runVitest(projectFolder, ['--config', 'vitest.e2e.config.ts', ...args], { env, ending });
    } finally {
      await desktop.stop();
    }
  } finally {
    await rm(scene, { recursive: true, force: true });
  }
}
