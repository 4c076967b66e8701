import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { systemNeeds } from './system-needs.mjs';

/**
 * The names of the system needs that this machine lacks: commands are looked for in PATH, libraries in the dynamic linker's list.
 * Without such a list (NixOS, musl) the libraries count as there: Electron itself names the first that is not.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string[]>}
 */
export async function missingSystemNeeds(env) {
  const libraries = await linkerLibraries();
  return systemNeeds
    .filter(({ is, name }) =>
      is === 'command' ? !hasCommand(name, env) : libraries !== undefined && !libraries.has(name),
    )
    .map(({ name }) => name);
}

async function linkerLibraries() {
  for (const command of ['ldconfig', '/sbin/ldconfig', '/usr/sbin/ldconfig']) {
    const { exitCode, stdout } = await runCommand({ command, args: ['-p'] });
    if (exitCode === 0) return new Set(Array.from(stdout.matchAll(/^\s+(\S+) \(/gm), ([, name]) => name));
  }
  return undefined;
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
function hasCommand(name, env) {
  return (env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Which package manager a Linux has, from the text of its /etc/os-release.
 * @param {string} osRelease
 * @returns {import('./system-needs.mjs').PackagedFamily | 'other'}
 */
export function distributionFamily(osRelease) {
  const ids = Array.from(osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm), ([, value]) => value ?? '')
    .join(' ')
    .split(' ');
  if (ids.includes('debian') || ids.includes('ubuntu')) return 'debian';
  if (ids.includes('fedora') || ids.includes('rhel')) return 'fedora';
  return ids.includes('arch') ? 'arch' : 'other';
}

/**
 * Whether windows can be shown, and how. A DISPLAY that nothing listens on is none.
 * @param {NodeJS.ProcessEnv} env
 * @param {(socket: string) => boolean} [listens]
 * @returns {'wayland' | 'x11' | 'none'}
 */
export function linuxDisplay(env, listens = somethingListens) {
  const wayland = env['WAYLAND_DISPLAY'];
  if (wayland && listens(wayland.startsWith('/') ? wayland : join(env['XDG_RUNTIME_DIR'] ?? '', wayland)))
    return 'wayland';
  const [, host, number] = /^(.*):(\d+)(?:\.\d+)?$/.exec(env['DISPLAY'] ?? '') ?? [];
  if (number === undefined) return 'none';
  return (host !== '' && host !== 'unix') || listens(`/tmp/.X11-unix/X${number}`) ? 'x11' : 'none';
}

/** @param {string} socket */
function somethingListens(socket) {
  return existsSync(socket) || readText('/proc/net/unix').includes(`@${socket}`);
}

/**
 * Whether a program finds a session bus: by the variable or at its usual place.
 * @param {NodeJS.ProcessEnv} env
 */
export function hasSessionBus(env) {
  return Boolean(env['DBUS_SESSION_BUS_ADDRESS']) || existsSync(join(env['XDG_RUNTIME_DIR'] ?? '/nowhere', 'bus'));
}

/** Whether an ordinary user may make the namespaces that Chromium's sandbox is built on; else its helper has to be set-uid root. */
export function allowsUserNamespaces() {
  return (
    readText('/proc/sys/kernel/apparmor_restrict_unprivileged_userns').trim() !== '1' &&
    readText('/proc/sys/kernel/unprivileged_userns_clone').trim() !== '0' &&
    readText('/proc/sys/user/max_user_namespaces').trim() !== '0'
  );
}

/** A file's text, or nothing when there is no such file. @param {string} file */
export function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
