import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeDesktopConfig } from './desktop-config.mjs';
import { startDesktopPart } from './desktop-part.mjs';
import { runCommand } from './run-command.mjs';

/** @typedef {import('./desktop-part.mjs').User} User */
/** @typedef {{ env: Record<string, string>, dir: string, stop: () => Promise<void> }} VirtualDesktop */

const serviceLimitMs = 30_000;

/**
 * Starts a Linux desktop without a screen: a display (1280 × 800), a session bus, a window manager, a notification server, and
 * a panel with a tray at the top. Resolves when tray and notification server answer on the bus. With `user` all of it runs as
 * that user (needs root). `dir` holds its configuration and logs (default: a temporary folder that `stop` removes).
 * `env` is what a program needs to appear on it. `stop` ends every part by its process id: end the app first, since losing
 * the bus aborts Electron.
 * @param {{ user?: User, dir?: string }} [options]
 * @returns {Promise<VirtualDesktop>}
 */
export async function startVirtualDesktop({ user, dir } = {}) {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), 'context-watcher-desktop-')));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { configHome, busFile, authority } = await writeDesktopConfig(folder);
  if (user) await prepareForUser(folder, user);

  const partEnv = desktopPartEnv(folder, configHome, authority);
  /** @type {import('./desktop-part.mjs').DesktopPart[]} */
  const parts = [];
  /** @param {string} name @param {string[]} args */
  const start = (name, ...args) => {
    const part = startDesktopPart(name, args, { folder, env: { ...partEnv }, user });
    parts.unshift(part);
    return part;
  };
  const stop = async () => {
    for (const part of parts) await part.stop();
    if (dir === undefined) await rm(folder, { recursive: true, force: true });
  };

  try {
    const screen = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
    const number = await start('Xvfb', '-displayfd', '3', ...screen, '-auth', authority).firstLine;
    partEnv['DISPLAY'] = `:${number}`;
    const bus = [`--config-file=${busFile}`, '--nofork', '--nopidfile', `--address=unix:path=${join(folder, 'bus')}`];
    const address = await start('dbus-daemon', ...bus, '--print-address=3').firstLine;
    partEnv['DBUS_SESSION_BUS_ADDRESS'] = address;
    start('openbox');
    start('dunst');
    start('xfce4-panel', '--disable-wm-check');
    await waitForService('org.freedesktop.Notifications', partEnv);
    await waitForService('org.kde.StatusNotifierWatcher', partEnv);
    const env = {
      DISPLAY: `:${number}`,
      XAUTHORITY: authority,
      DBUS_SESSION_BUS_ADDRESS: address,
      XDG_SESSION_TYPE: 'x11',
    };
    return { env, dir: folder, stop };
  } catch (error) {
    const said = await logTexts(folder);
    await stop();
    throw new Error(
      `The virtual desktop did not come up: ${String(error)}\n${said}\nNext: run as a user with an entry in /etc/passwd, or set DISPLAY to a desktop of yours, or run without one: npm run --silent cli -- --headless`,
      { cause: error },
    );
  }
}

/** @param {string} folder @param {string} configHome @param {string} authority @returns {NodeJS.ProcessEnv} */
function desktopPartEnv(folder, configHome, authority) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: configHome, XAUTHORITY: authority };
  Object.assign(env, {
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: folder,
  });
  // No accessibility bus of the desktop's own programs, and no compositor looked for before the display.
  Object.assign(env, { NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11' });
  delete env['WAYLAND_DISPLAY'];
  return env;
}

/** @param {string} folder @param {User} user */
async function prepareForUser(folder, { uid, gid }) {
  await chown(folder, uid, gid);
  for (const name of await readdir(folder, { recursive: true })) await chown(join(folder, name), uid, gid);
  // Only root can make the folder of the displays' sockets.
  if (existsSync('/tmp/.X11-unix')) return;
  await mkdir('/tmp/.X11-unix');
  await chmod('/tmp/.X11-unix', 0o1777);
}

/** @param {string} service @param {NodeJS.ProcessEnv} env */
async function waitForService(service, env) {
  const call = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  const args = [...call, 'org.freedesktop.DBus.NameHasOwner', `string:${service}`];
  const limit = Date.now() + serviceLimitMs;
  while (Date.now() < limit) {
    const answer = await runCommand({ command: 'dbus-send', args }, { env, timeoutMs: 5_000 });
    if (answer.stdout.includes('boolean true')) return;
    await delay(100);
  }
  throw new Error(`nothing offers ${service} after ${serviceLimitMs / 1000} s`);
}

/** What the desktop's programs said, for a message: their folder may be gone by then. @param {string} folder */
async function logTexts(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const texts = names.map(async (name) => {
    const lines = (await readFile(join(folder, name), 'utf8')).trim().split('\n');
    return `${name}: ${[...new Set(lines)].slice(-3).join('\n  ')}`;
  });
  return (await Promise.all(texts)).join('\n');
}
