import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { hashFile } from '../export/hash-file.js';
import { pathExists } from '../export/path-exists.js';
import { manifestNameOf } from '../export/segment-name.js';
import { errorCode } from '../export/storage-error.js';
import type { ArchiveLayout } from './archive-layout.js';
import { localStamp } from './local-stamp.js';
import type { PendingFile } from './pending-files.js';

/**
 * The path a pending file goes to, free when it was looked for. Ours: `exports-archive/<session id>/`. Loose: flat, with
 * the daemon's `-HHMMSS` (local) before the ending where the name is taken. Then `-2`, `-3` …
 */
export async function findArchiveTarget(
  { name, manifest }: PendingFile,
  { exportsArchive }: ArchiveLayout,
  at: Date,
): Promise<string> {
  const folder = manifest ? path.join(exportsArchive, manifest.sessionId) : exportsArchive;
  for (let attempt = 1; ; attempt += 1) {
    const candidate = path.join(folder, manifest ? nextSegmentName(name, attempt) : nextLooseName(name, attempt, at));
    const rivals = manifest ? [candidate, path.join(folder, manifestNameOf(path.basename(candidate)))] : [candidate];
    const taken = await Promise.all(rivals.map(pathExists));
    if (!taken.includes(true)) return candidate;
  }
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
