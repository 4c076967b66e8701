import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'assets', 'electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/**
 * Whether `out/` was built from the sources as they are now, by a digest of their contents that the last build left behind.
 * @param {string} projectFolder
 */
export function buildIsCurrent(projectFolder) {
  const record = recordFile(projectFolder);
  if (!existsSync(join(projectFolder, 'out', 'main', 'index.js')) || !existsSync(record)) return false;
  return readFileSync(record, 'utf8') === sourceDigest(projectFolder);
}

/**
 * Remembers that `out/` was built from the sources with this digest: take it before the build, or a change made meanwhile would count.
 * @param {string} projectFolder
 * @param {string} digest
 */
export function rememberBuild(projectFolder, digest) {
  mkdirSync(join(projectFolder, '.cache'), { recursive: true });
  writeFileSync(recordFile(projectFolder), digest);
}

/** SHA-256 over path and content of every file that goes into the build. @param {string} projectFolder */
export function sourceDigest(projectFolder) {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(projectFolder, source);
    if (!existsSync(path)) continue;
    const names = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).map(String).toSorted() : [''];
    for (const name of names) {
      const file = join(path, name);
      if (statSync(file).isFile()) hash.update(`${source}/${name}\0`).update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} projectFolder */
const recordFile = (projectFolder) => join(projectFolder, '.cache', 'build.sha256');
