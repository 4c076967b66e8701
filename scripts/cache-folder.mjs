import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder for what set-up fetches or makes once and every clone shares: `context-watcher` in the user's cache folder, or
 * `.cache` in the project when there is no home folder to write to. The folder exists when this returns.
 * @param {string} projectFolder
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheFolder(projectFolder, env = process.env) {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  const shared = env['XDG_CACHE_HOME'] || (home && existsSync(home) ? join(home, '.cache') : '');
  if (shared) {
    const folder = join(shared, 'context-watcher');
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch (error) {
      console.error(`Cannot write to ${folder} (${String(error)}); using the project's .cache instead.`);
    }
  }
  const folder = join(projectFolder, '.cache');
  mkdirSync(folder, { recursive: true });
  return folder;
}
