import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rememberBuild, sourceDigest } from './build-state.mjs';
import { ensureFallbackRuntime } from './fallback-runtime.mjs';
import { downloadElectron, electronExecutable, ownElectron } from './own-electron.mjs';
import { lastWords, npmCommand, npmErrors, packageCommand, runCommand } from './run-command.mjs';
import { startVirtualDesktop } from './virtual-desktop.mjs';

/** @typedef {import('./setup-plan.mjs').SetupStep} SetupStep */
/** @typedef {import('./own-electron.mjs').ElectronRuntime} ElectronRuntime */
/** @typedef {{ projectFolder: string, cache: string, say: (line: string) => void, ending?: AbortSignal | undefined }} SetupSetting */
/** @typedef {{ runtime?: ElectronRuntime, electronFlags: string[], desktop?: import('./virtual-desktop.mjs').VirtualDesktop }} SetupResult */

/**
 * Carries out a set-up plan, one line said per step. What failed is thrown, with what to do next in the message. `ending` stops
 * it early; what was started by then is in the result.
 * @param {SetupStep[]} steps
 * @param {SetupSetting} setting
 * @returns {Promise<SetupResult>}
 */
export async function runSetupSteps(steps, setting) {
  /** @type {SetupResult} */
  const result = { electronFlags: [] };
  for (const step of steps) if (!setting.ending?.aborted) await runStep(step, setting, result);
  return result;
}

/** @param {SetupStep} step @param {SetupSetting} setting @param {SetupResult} result */
async function runStep(step, setting, result) {
  const { projectFolder, cache, say } = setting;
  switch (step.kind) {
    case 'install-libraries':
      return installLibraries(step, setting);
    case 'ask-for-libraries':
      throw new Error(
        `Missing on this system: ${step.missing.join(', ')}\nNext: ${step.command}\nthen the same command again.`,
      );
    case 'install-dependencies':
      return installDependencies(step.because, setting);
    case 'use-electron-folder':
      return void (result.runtime = sayRuntime(electronInFolder(step.folder), say));
    case 'use-own-electron': {
      const runtime = ownElectron(projectFolder);
      if (!runtime) throw new Error('The electron package lost its binary meanwhile.\nNext: the same command again.');
      return void (result.runtime = sayRuntime(runtime, say));
    }
    case 'download-electron':
      return void (result.runtime = sayRuntime(await download(step.otherwise, setting), say));
    case 'make-fallback-electron':
      return void (result.runtime = sayRuntime(await ensureFallbackRuntime(cache, say), say));
    case 'check-sandbox-helper':
      return checkSandboxHelper(result.runtime);
    case 'build':
      return buildApp(setting);
    case 'run-without-sandbox':
      say('Running as root: Electron gets --no-sandbox. Run as an ordinary user to keep the sandbox on.');
      return void result.electronFlags.push('--no-sandbox');
    case 'start-virtual-desktop':
      result.desktop = await startVirtualDesktop();
      // Chromium's complaints about the system bus and the graphics card that a virtual desktop doesn't have.
      result.electronFlags.push('--log-level=3');
      return say(
        `No display: a virtual desktop runs on ${result.desktop.env['DISPLAY']} with session bus, panel and notification server.`,
      );
    case 'warn':
      return say(step.text);
  }
}

/** @param {ElectronRuntime} runtime @param {(line: string) => void} say */
function sayRuntime(runtime, say) {
  say(`Electron ${runtime.version} from ${runtime.from}`);
  return runtime;
}

/** @param {{ missing: string[], packages: string[] }} step @param {SetupSetting} setting */
async function installLibraries({ missing, packages }, { say, ending }) {
  say(`Missing on this system: ${missing.join(', ')}`);
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  say(`apt-get ${install.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A source that can't be reached is no reason to stop: the packages may come from another one.
  await runCommand({ command: 'apt-get', args: ['update'] }, { env, ending });
  const result = await runCommand({ command: 'apt-get', args: install }, { env, ending });
  if (result.exitCode === 0) return;
  throw new Error(
    `apt-get could not install them:\n${lastWords(result)}\nNext: run apt-get update and that command by hand and read what it says.`,
  );
}

/** @param {'missing' | 'outdated'} because @param {SetupSetting} setting */
async function installDependencies(because, { projectFolder, say, ending }) {
  say(`Dependencies are ${because}: npm ci`);
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const result = await runCommand(npmCommand(args), { cwd: projectFolder, ending });
  if (result.exitCode === 0) return;
  throw new Error(
    `npm ci failed:\n${npmErrors(result)}\nNext: check that npm reaches its registry (npm ping), then the same command again.`,
  );
}

/** @param {'make-fallback' | 'stop'} otherwise @param {SetupSetting} setting @returns {Promise<ElectronRuntime>} */
async function download(otherwise, { projectFolder, cache, say }) {
  say("Downloading the electron package's own binary");
  const result = await downloadElectron(projectFolder, cache, otherwise === 'stop' ? 900_000 : 180_000);
  if (result.kind === 'downloaded') return result.runtime;
  say(`It can't be downloaded (${result.because}); not tried again for six hours.`);
  if (otherwise === 'make-fallback') return ensureFallbackRuntime(cache, say);
  throw new Error(
    'There is no Electron to run.\nNext: run `node node_modules/electron/install.js` with Node 22.12 or newer and read what it says, ' +
      'or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron in it.',
  );
}

/** @param {string} folder @returns {ElectronRuntime} */
function electronInFolder(folder) {
  const from = `ELECTRON_OVERRIDE_DIST_PATH (${folder})`;
  if (!existsSync(electronExecutable(folder)))
    throw new Error(`No Electron in ${from}.\nNext: unset the variable or correct it.`);
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'of unknown version';
  return { folder, version, from };
}

/** @param {ElectronRuntime | undefined} runtime */
function checkSandboxHelper(runtime) {
  const helper = join(runtime?.folder ?? '', 'chrome-sandbox');
  const found = statSync(helper, { throwIfNoEntry: false });
  if (found?.uid === 0 && (found.mode & 0o7777) === 0o4755) return;
  throw new Error(
    "This system keeps ordinary users from making namespaces, which Chromium's sandbox needs unless its helper belongs to root.\n" +
      `Next: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'\nthen the same command again.`,
  );
}

/** @param {SetupSetting} setting */
async function buildApp({ projectFolder, say, ending }) {
  say('Building the app');
  const digest = sourceDigest(projectFolder);
  const result = await runCommand(packageCommand(projectFolder, 'electron-vite', ['build', '--logLevel', 'warn']), {
    cwd: projectFolder,
    ending,
  });
  if (result.exitCode !== 0)
    throw new Error(`The build failed:\n${lastWords(result, 15)}\nNext: npm run build shows all of it.`);
  rememberBuild(projectFolder, digest);
}
