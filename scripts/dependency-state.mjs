import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds what package-lock.json asks for: compares npm's own record of what it installed with the lock file,
 * so that a second start costs nothing and an `npm install` by hand counts too. Packages for other systems may be absent.
 * @param {string} projectFolder
 * @returns {'ready' | 'missing' | 'outdated'}
 */
export function dependencyState(projectFolder) {
  const wanted = readPackages(join(projectFolder, 'package-lock.json'));
  const installed = readPackages(join(projectFolder, 'node_modules', '.package-lock.json'));
  if (wanted === undefined)
    throw new Error('package-lock.json is missing or broken.\nNext: get it back (git checkout package-lock.json).');
  if (installed === undefined) return 'missing';
  const outdated = Object.entries(wanted).some(
    ([path, { version, optional }]) => path !== '' && !optional && installed[path]?.version !== version,
  );
  return outdated ? 'outdated' : 'ready';
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }> | undefined} */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
