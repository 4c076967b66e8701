import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lastWords, packageCommand, runCommand } from './run-command.mjs';

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const platformFlags = { darwin: '--mac', win32: '--win' };

/**
 * Packages the built app for this system as a folder (no installer) under `dist/`, around the given Electron and by
 * electron-builder.yml. Works offline. Throws with electron-builder's last words.
 * @param {string} projectFolder
 * @param {import('./own-electron.mjs').ElectronRuntime} runtime
 * @param {AbortSignal} [ending]
 * @returns {Promise<string>} the folder that holds the packaged app
 */
export async function packageApp(projectFolder, { folder, version }, ending) {
  const output = join(projectFolder, 'dist');
  rmSync(output, { recursive: true, force: true });
  /** @type {import('electron-builder').Configuration} */
  const configuration = { electronDist: folder, electronVersion: version, npmRebuild: false };
  const settings = Object.entries(configuration).map(([name, value]) => `--config.${name}=${String(value)}`);
  const args = [platformFlags[process.platform] ?? '--linux', 'dir', '--publish=never', ...settings];
  // A process of its own: as a library it ends ours with exit code 0, whatever we had set.
  const command = packageCommand(projectFolder, 'electron-builder', args);
  const result = await runCommand(command, { cwd: projectFolder, ending });
  if (result.exitCode !== 0) throw new Error(`electron-builder failed:\n${lastWords(result, 15)}`);
  const made = readdirSync(output, { withFileTypes: true }).find(
    (entry) => entry.isDirectory() && /unpacked$|^mac/.test(entry.name),
  );
  if (made === undefined) throw new Error(`electron-builder left no packaged app in ${output}`);
  const packaged = join(output, made.name);
  // Left there when the Electron is a folder of ours; nothing loads it.
  rmSync(join(packaged, 'resources', 'default_app.asar'), { force: true });
  return packaged;
}
