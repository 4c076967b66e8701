import { systemNeeds } from './system-needs.mjs';

/** @typedef {import('./setup-facts.mjs').SetupFacts} SetupFacts */
/** @typedef {import('./system-needs.mjs').NeededBy} NeededBy */

/**
 * @typedef {{ kind: 'install-libraries', missing: string[], packages: string[] }
 *   | { kind: 'ask-for-libraries', missing: string[], command: string }} LibraryStep
 */

/**
 * The step that brings a Linux machine what it lacks of `by`, or undefined when it lacks nothing. Only root on a Debian-like
 * system installs; anybody else is handed the exact command.
 * @param {SetupFacts} facts
 * @param {NeededBy[]} by
 * @returns {LibraryStep | undefined}
 */
export function planLibraries({ platform, isRoot, family, has64BitTimes, missing }, by) {
  if (platform !== 'linux') return undefined;
  const lacking = systemNeeds.filter((need) => by.includes(need.by) && missing.includes(need.name));
  if (lacking.length === 0) return undefined;
  const names = lacking.map((need) => need.name);
  if (family === 'other') {
    return {
      kind: 'ask-for-libraries',
      missing: names,
      command: `install the packages that bring: ${names.join(' ')}`,
    };
  }
  const packages = [
    ...new Set(
      lacking.map((need) => (family === 'debian' && has64BitTimes && need.since2038) || need.packages[family]),
    ),
  ];
  if (family === 'debian' && isRoot) return { kind: 'install-libraries', missing: names, packages };
  return { kind: 'ask-for-libraries', missing: names, command: installCommand(family, isRoot, packages) };
}

/** @param {import('./system-needs.mjs').PackagedFamily} family @param {boolean} isRoot @param {string[]} packages */
function installCommand(family, isRoot, packages) {
  const install = {
    debian: 'apt-get install -y --no-install-recommends',
    fedora: 'dnf install -y',
    arch: 'pacman -S --needed --noconfirm',
  }[family];
  return `${isRoot ? '' : 'sudo '}${install} ${packages.join(' ')}`;
}
