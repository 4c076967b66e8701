import { withEndToEndScene } from './end-to-end-scene.mjs';
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
  return withEndToEndScene(packagedFolder, say, ({ executable, folder, environment, user }) => {
    const identity = user
      ? { CONTEXT_WATCHER_E2E_UID: String(user.uid), CONTEXT_WATCHER_E2E_GID: String(user.gid) }
      : {};
    const env = {
      ...process.env,
      ...environment,
      ...identity,
      CONTEXT_WATCHER_E2E_APP: executable,
      CONTEXT_WATCHER_E2E_DIR: folder,
    };
    return runVitest(projectFolder, ['--config', 'vitest.e2e.config.ts', ...args], { env, ending });
  });
}
