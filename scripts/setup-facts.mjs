import { buildIsCurrent } from './build-state.mjs';
import { dependencyState } from './dependency-state.mjs';
import { downloadFailedLately, ownElectron } from './own-electron.mjs';
import {
  allowsUserNamespaces,
  distributionFamily,
  hasSessionBus,
  linuxDisplay,
  missingSystemNeeds,
  readText,
} from './linux-facts.mjs';

/**
 * @typedef {{
 *   platform: NodeJS.Platform,
 *   arch: string,
 *   isRoot: boolean,
 *   family: import('./system-needs.mjs').PackagedFamily | 'other',
 *   has64BitTimes: boolean,
 *   missing: string[],
 *   display: 'native' | 'wayland' | 'x11' | 'none',
 *   sessionBus: boolean,
 *   userNamespaces: boolean,
 *   dependencies: 'ready' | 'missing' | 'outdated',
 *   electron: { overrideFolder: string | undefined, ownIsThere: boolean, downloadFailedLately: boolean },
 *   buildIsCurrent: boolean,
 * }} SetupFacts
 */

/**
 * Everything that set-up is planned from, found out in one place; changes nothing.
 * @param {string} projectFolder
 * @param {string} cache
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<SetupFacts>}
 */
export async function gatherFacts(projectFolder, cache, env = process.env) {
  const linux = process.platform === 'linux';
  return {
    platform: process.platform,
    arch: process.arch,
    isRoot: process.getuid?.() === 0,
    family: linux ? distributionFamily(readText('/etc/os-release')) : 'other',
    has64BitTimes: linux && glibcMinorVersion() >= 39,
    missing: linux ? await missingSystemNeeds(env) : [],
    display: linux ? linuxDisplay(env) : 'native',
    sessionBus: !linux || hasSessionBus(env),
    userNamespaces: !linux || allowsUserNamespaces(),
    dependencies: dependencyState(projectFolder),
    electron: {
      overrideFolder: env['ELECTRON_OVERRIDE_DIST_PATH'] || undefined,
      ownIsThere: ownElectron(projectFolder) !== undefined,
      downloadFailedLately: downloadFailedLately(projectFolder, cache, Date.now()),
    },
    buildIsCurrent: buildIsCurrent(projectFolder),
  };
}

/** Debian 13 and Ubuntu 24.04, the first with 64-bit times in their packages' names, came with glibc 2.41 and 2.39; 0 when it isn't glibc. */
function glibcMinorVersion() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return Number(/^2\.(\d+)/.exec(report.header?.glibcVersionRuntime ?? '')?.[1] ?? 0);
}
