import process from 'node:process';

/** The scene that `scripts/test-e2e.mjs` has set: the packaged app, an empty folder, the desktop, and whom to run the app as. */
export interface E2eEnvironment {
  readonly executable: string;
  /** A folder of that user; tests put everything below it. */
  readonly folder: string;
  /** What a program needs to appear on the desktop. */
  readonly desktop: Readonly<Record<string, string>>;
  /** The ordinary user to run the app as, where we are root; null: ourselves. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
}

/** Reads the scene from the environment; throws, saying how to run these tests, where it isn't set. */
export function e2eEnvironment(): E2eEnvironment {
  const { CONTEXT_WATCHER_E2E_UID: uid, CONTEXT_WATCHER_E2E_GID: gid } = process.env;
  const desktopNames = ['DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_SESSION_TYPE'];
  return {
    executable: needed('CONTEXT_WATCHER_E2E_APP'),
    folder: needed('CONTEXT_WATCHER_E2E_DIR'),
    desktop: Object.fromEntries(desktopNames.map((name) => [name, needed(name)])),
    user: uid && gid ? { uid: Number(uid), gid: Number(gid) } : null,
  };
}

function needed(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set. Run the end-to-end tests with "npm run test:e2e", which sets their scene.`);
}
