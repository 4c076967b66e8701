import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { hashFile } from '../export/hash-file.js';
import { pathExists } from '../export/path-exists.js';
import type { SegmentManifest } from '../export/segment-manifest.js';
import { compressedNameOf, manifestNameOf, sidecarsNameOf } from '../export/segment-name.js';
import { holdsPieces } from '../export/sidecar-folder.js';
import { errorCode } from '../export/storage-error.js';
import type { ArchiveLayout } from './archive-layout.js';
import { localStamp } from './local-stamp.js';
import type { PendingFile } from './pending-files.js';

/**
 * The path a pending file goes to, free when it was looked for. Ours: `exports-archive/<session id>/`, where what an
 * interrupted move has brought there already doesn't count as taken. Loose: flat, with the daemon's `-HHMMSS` (local)
 * before the ending where the name is taken. Then `-2`, `-3` …
 */
export async function findArchiveTarget(
  file: PendingFile,
  { exportsArchive }: Pick<ArchiveLayout, 'exportsArchive'>,
  at: Date,
): Promise<string> {
  const { name, manifest } = file;
  const folder = folderInArchive(file, { exportsArchive });
  for (let attempt = 1; ; attempt += 1) {
    const candidate = path.join(folder, manifest ? nextSegmentName(name, attempt) : nextLooseName(name, attempt, at));
    if ((await pathExists(candidate)) || (manifest && (await pathExists(compressedNameOf(candidate))))) continue;
    if (!manifest || (await isFreeBeside(candidate, file, manifest))) return candidate;
  }
}

/** The folder that a pending file goes to. */
export function folderInArchive(
  { manifest }: Pick<PendingFile, 'manifest'>,
  { exportsArchive }: Pick<ArchiveLayout, 'exportsArchive'>,
): string {
  return manifest ? path.join(exportsArchive, manifest.sessionId) : exportsArchive;
}

/** Whether nothing but this export's own manifest and sidecars stands beside where its segment would be. */
async function isFreeBeside(
  candidate: string,
  { path: pending, name }: PendingFile,
  { sidecars = [] }: SegmentManifest,
): Promise<boolean> {
  const base = path.basename(candidate);
  const manifestPath = path.join(path.dirname(candidate), manifestNameOf(base));
  const sidecarsPath = path.join(path.dirname(candidate), sidecarsNameOf(base));
  const [hasManifest, hasSidecars] = await Promise.all([manifestPath, sidecarsPath].map(pathExists));
  if (!hasManifest) return !hasSidecars;
  const isOwn = await isSameFile(manifestPath, path.join(path.dirname(pending), manifestNameOf(name)));
  return isOwn && (!hasSidecars || (await holdsPieces(sidecarsPath, sidecars)));
}

/** Whether two files hold the same bytes; for small ones. False where one is no plain file. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const facts = await Promise.all([lstat(one), lstat(other)]);
  if (!facts.every((fact) => fact.isFile()) || facts[0].size !== facts[1].size) return false;
  const [first, second] = await Promise.all([readFile(one), readFile(other)]);
  return first.equals(second);
}

/** Whether a path holds exactly these bytes: the other half of a move that was interrupted. */
export async function holdsBytes(file: string, sizeBytes: number, sha256: string): Promise<boolean> {
  try {
    const facts = await lstat(file);
    return facts.isFile() && facts.size === sizeBytes && (await hashFile(file)).sha256 === sha256;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function nextSegmentName(name: string, attempt: number): string {
  if (attempt === 1) return name;
  const [, stem, taken] = /^(.*pct)(?:-(\d+))?\.jsonl$/.exec(name) ?? [];
  return `${stem ?? name}-${Number(taken ?? 1) + attempt - 1}.jsonl`;
}

function nextLooseName(name: string, attempt: number, at: Date): string {
  if (attempt === 1) return name;
  const { name: stem, ext } = path.parse(name);
  return `${stem}-${localStamp(at).time}${attempt > 2 ? `-${attempt - 1}` : ''}${ext}`;
}
