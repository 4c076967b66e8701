import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastWords, runCommand } from './run-command.mjs';

/** @typedef {{ folder: string, version: string, from: string }} ElectronRuntime a folder with an Electron in it, and in words where it is from */

const forgetFailureAfterMs = 6 * 3600_000;

/**
 * The binary that the `electron` package downloaded for itself, or undefined when it has none.
 * @param {string} projectFolder
 * @returns {ElectronRuntime | undefined}
 */
export function ownElectron(projectFolder) {
  const folder = join(packageFolder(projectFolder), 'dist');
  const version = packageVersion(projectFolder);
  if (version === undefined || !existsSync(electronExecutable(folder))) return undefined;
  return { folder, version, from: 'the electron package' };
}

/**
 * Lets the `electron` package download its binary. A failure is remembered for six hours, so that not every start waits for a host
 * that is out of reach.
 * @param {string} projectFolder
 * @param {string} cache
 * @param {number} timeoutMs
 * @returns {Promise<{ kind: 'downloaded', runtime: ElectronRuntime } | { kind: 'failed', because: string }>}
 */
export async function downloadElectron(projectFolder, cache, timeoutMs) {
  const installer = { command: process.execPath, args: [join(packageFolder(projectFolder), 'install.js')] };
  const result = await runCommand(installer, { cwd: projectFolder, timeoutMs });
  const runtime = ownElectron(projectFolder);
  if (result.exitCode === 0 && runtime) {
    rmSync(failureFile(cache), { force: true });
    return { kind: 'downloaded', runtime };
  }
  const because = result.timedOut
    ? `not done after ${timeoutMs / 1000} s`
    : (lastWords(result, 99).split('\n')[0] ?? '');
  writeFileSync(
    failureFile(cache),
    JSON.stringify({ version: packageVersion(projectFolder), failedAt: Date.now(), because }),
  );
  return { kind: 'failed', because };
}

/**
 * Whether this version's download failed within the last six hours.
 * @param {string} projectFolder
 * @param {string} cache
 * @param {number} now milliseconds
 */
export function downloadFailedLately(projectFolder, cache, now) {
  try {
    const { version, failedAt } = JSON.parse(readFileSync(failureFile(cache), 'utf8'));
    const wanted = packageVersion(projectFolder);
    return (wanted === undefined || version === wanted) && now - failedAt < forgetFailureAfterMs;
  } catch {
    return false;
  }
}

/** The program inside a runtime's folder. @param {string} folder @param {NodeJS.Platform} [platform] */
export function electronExecutable(folder, platform = process.platform) {
  if (platform === 'darwin') return join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
}

/** @param {string} projectFolder */
const packageFolder = (projectFolder) => join(projectFolder, 'node_modules', 'electron');
/** @param {string} cache */
const failureFile = (cache) => join(cache, 'electron-download-failed.json');

/** @param {string} projectFolder @returns {string | undefined} */
function packageVersion(projectFolder) {
  try {
    return JSON.parse(readFileSync(join(packageFolder(projectFolder), 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}
