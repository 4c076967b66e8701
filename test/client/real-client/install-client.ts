import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { clientPackage } from './client-package.js';

/** The client's program, or why it cannot be had here. */
export type ClientInstallation =
  | { readonly kind: 'installed'; readonly program: string; readonly fromCache: boolean }
  | { readonly kind: 'unavailable'; readonly reason: string };

/**
 * Brings the pinned client from npm into `cacheFolder`, once: a lock file with the pinned hashes is written and `npm ci`
 * refuses whatever differs, which throws here. No install script runs. `platform` is as in `linux-x64`.
 */
export async function installClient(cacheFolder: string, platform: string): Promise<ClientInstallation> {
  const programIntegrity = clientPackage.programIntegrity[platform];
  if (programIntegrity === undefined) {
    return { kind: 'unavailable', reason: `no client is pinned for ${platform}` };
  }
  const folder = join(cacheFolder, `claude-code-${clientPackage.version}-${platform}`);
  const programPackage = `${clientPackage.name}-${platform}`;
  const program = join(folder, 'node_modules', programPackage, 'claude');
  if (await exists(program)) return { kind: 'installed', program, fromCache: true };

  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await writePinned(unfinished, programPackage, programIntegrity);
    const npm = await execa(
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'],
      {
        cwd: unfinished,
        reject: false,
        timeout: 180_000,
      },
    );
    if (npm.stderr.includes('EINTEGRITY'))
      throw new Error(`npm brought another program than the pinned one: ${npm.stderr}`);
    if (npm.failed) return { kind: 'unavailable', reason: `npm could not bring it: ${reasonOf(npm.stderr)}` };
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return { kind: 'installed', program, fromCache: false };
}

async function writePinned(folder: string, programPackage: string, programIntegrity: string): Promise<void> {
  const { name, version, integrity } = clientPackage;
  const root = { name: 'real-client', private: true, dependencies: { [name]: version, [programPackage]: version } };
  const packages = {
    '': root,
    [`node_modules/${name}`]: { version, integrity, optionalDependencies: { [programPackage]: version } },
    [`node_modules/${programPackage}`]: { version, integrity: programIntegrity },
  };
  const lock = { name: root.name, lockfileVersion: 3, requires: true, packages };
  await writeFile(join(folder, 'package.json'), JSON.stringify(root));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

function reasonOf(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.startsWith('npm error') && !line.includes('complete log'));
  return lines.slice(0, 3).join(' ').replaceAll('npm error ', '') || 'it gave no reason';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
