import { planLibraries } from './library-plan.mjs';

/** @typedef {import('./setup-facts.mjs').SetupFacts} SetupFacts */
/** @typedef {'start' | 'test' | 'package'} Purpose */

/**
 * @typedef {import('./library-plan.mjs').LibraryStep
 *   | { kind: 'install-dependencies', because: 'missing' | 'outdated' }
 *   | { kind: 'use-electron-folder', folder: string }
 *   | { kind: 'use-own-electron' }
 *   | { kind: 'download-electron', otherwise: 'make-fallback' | 'stop' }
 *   | { kind: 'make-fallback-electron' }
 *   | { kind: 'check-sandbox-helper' }
 *   | { kind: 'build' }
 *   | { kind: 'run-without-sandbox' }
 *   | { kind: 'start-virtual-desktop' }
 *   | { kind: 'warn', text: string }} SetupStep
 */

/**
 * What set-up has to do on a machine, in order: system libraries (first, since only a person may be able to bring them), dependencies,
 * the Electron runtime, the build, and for `start` a desktop when there is none. Pure; nothing to do is no step.
 * @param {Purpose} purpose
 * @param {SetupFacts} facts
 * @returns {SetupStep[]}
 */
export function planSetup(purpose, facts) {
  const linux = facts.platform === 'linux';
  const virtualDesktop = linux && purpose === 'start' && facts.display === 'none';
  /** @type {SetupStep[]} */
  const steps = [];

  const libraries = planLibraries(facts, neededBy(purpose, virtualDesktop));
  if (libraries) steps.push(libraries);
  if (facts.dependencies !== 'ready') steps.push({ kind: 'install-dependencies', because: facts.dependencies });
  steps.push(planElectron(facts));
  if (linux && purpose !== 'package' && !facts.isRoot && !facts.userNamespaces)
    steps.push({ kind: 'check-sandbox-helper' });
  // The tests build in any case, as one of the things they test.
  const built = facts.buildIsCurrent && facts.dependencies === 'ready';
  if (purpose !== 'test' && !built) steps.push({ kind: 'build' });
  if (purpose === 'start') {
    if (linux && facts.isRoot) steps.push({ kind: 'run-without-sandbox' });
    if (virtualDesktop) steps.push({ kind: 'start-virtual-desktop' });
    else if (linux && !facts.sessionBus) steps.push({ kind: 'warn', text: noSessionBus });
  }
  return steps;
}

const noSessionBus =
  'There is a display but no session bus, so no tray icon and no notifications; next time: dbus-run-session npm start';

/** @param {Purpose} purpose @param {boolean} virtualDesktop @returns {import('./system-needs.mjs').NeededBy[]} */
function neededBy(purpose, virtualDesktop) {
  if (purpose === 'package') return [];
  // The end-to-end tests never touch the person's own desktop.
  if (purpose === 'test') return ['electron', 'desktop', 'end-to-end'];
  return virtualDesktop ? ['electron', 'desktop'] : ['electron'];
}

/** @param {SetupFacts} facts @returns {SetupStep} */
function planElectron({ platform, arch, dependencies, electron }) {
  if (electron.overrideFolder !== undefined) return { kind: 'use-electron-folder', folder: electron.overrideFolder };
  // Installing the dependencies anew removes the binary that was downloaded into them.
  if (electron.ownIsThere && dependencies === 'ready') return { kind: 'use-own-electron' };
  const canFallBack = platform === 'linux' && arch === 'x64';
  if (canFallBack && electron.downloadFailedLately) return { kind: 'make-fallback-electron' };
  return { kind: 'download-electron', otherwise: canFallBack ? 'make-fallback' : 'stop' };
}
