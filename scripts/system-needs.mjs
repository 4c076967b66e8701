/** @typedef {'electron' | 'desktop' | 'end-to-end'} NeededBy */
/** @typedef {'debian' | 'fedora' | 'arch'} PackagedFamily */
/** @typedef {{ name: string, is: 'library' | 'command', by: NeededBy, packages: Record<PackagedFamily, string>, since2038?: string }} Need */

/**
 * What a Linux machine must have: shared libraries that Electron loads, the programs of the virtual desktop, and those that drive it
 * in the end-to-end tests; each with the package that brings it. `since2038` is the Debian package's name after that
 * family's move to 64-bit times (Debian 13, Ubuntu 24.04).
 * @type {readonly Need[]}
 */
export const systemNeeds = [
  library('libgtk-3.so.0', ['libgtk-3-0', 'gtk3', 'gtk3'], 'libgtk-3-0t64'),
  library('libnss3.so', ['libnss3', 'nss', 'nss']),
  library('libasound.so.2', ['libasound2', 'alsa-lib', 'alsa-lib'], 'libasound2t64'),
  library('libgbm.so.1', ['libgbm1', 'mesa-libgbm', 'mesa']),
  library('libatk-bridge-2.0.so.0', ['libatk-bridge2.0-0', 'at-spi2-atk', 'at-spi2-core'], 'libatk-bridge2.0-0t64'),
  library('libcups.so.2', ['libcups2', 'cups-libs', 'libcups'], 'libcups2t64'),
  library('libdbus-1.so.3', ['libdbus-1-3', 'dbus-libs', 'dbus']),
  library('libnotify.so.4', ['libnotify4', 'libnotify', 'libnotify']),
  command('Xvfb', 'desktop', ['xvfb', 'xorg-x11-server-Xvfb', 'xorg-server-xvfb']),
  command('dbus-daemon', 'desktop', ['dbus', 'dbus-daemon', 'dbus']),
  command('dbus-send', 'desktop', ['dbus', 'dbus-tools', 'dbus']),
  command('openbox', 'desktop', ['openbox', 'openbox', 'openbox']),
  command('xfce4-panel', 'desktop', ['xfce4-panel', 'xfce4-panel', 'xfce4-panel']),
  command('dunst', 'desktop', ['dunst', 'dunst', 'dunst']),
  command('xdotool', 'end-to-end', ['xdotool', 'xdotool', 'xdotool']),
  command('import', 'end-to-end', ['imagemagick', 'ImageMagick', 'imagemagick']),
  command('xprop', 'end-to-end', ['x11-utils', 'xprop', 'xorg-xprop']),
];

/**
 * @param {string} name
 * @param {[string, string, string]} packages Debian, Fedora, Arch
 * @param {string} [since2038]
 * @returns {Need}
 */
function library(name, [debian, fedora, arch], since2038) {
  const packages = { debian, fedora, arch };
  return { name, is: 'library', by: 'electron', packages, ...(since2038 === undefined ? {} : { since2038 }) };
}

/**
 * @param {string} name
 * @param {NeededBy} by
 * @param {[string, string, string]} packages Debian, Fedora, Arch
 * @returns {Need}
 */
function command(name, by, [debian, fedora, arch]) {
  return { name, is: 'command', by, packages: { debian, fedora, arch } };
}
