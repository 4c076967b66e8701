import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { SetAsideExport } from '../../shared/app-state.js';
import { createStorageFolder, demandNoLink } from '../export/storage-folder.js';
import { folderNames } from '../export/folder-names.js';
import { moveFile } from '../export/move-file.js';
import { moveFolder } from '../export/move-folder.js';
import { pathExists } from '../export/path-exists.js';
import { readManifest } from '../export/segment-manifest.js';
import { manifestNameOf, parseSegmentName, sidecarsNameOf } from '../export/segment-name.js';
import { errorCode, storageError, StorageError } from '../export/storage-error.js';
import type { ArchiveLayout } from './archive-layout.js';
import { isPendingName } from './pending-name.js';

type Folders = Pick<ArchiveLayout, 'exportsPending' | 'setAside'>;

const mostListed = 100;

/**
 * Moves a pending file, with manifest and sidecars where it is a segment of ours, to the set-aside folder, under its name or with
 * `-2`, `-3` … Returns the name there. Killed in between, the segment is one without manifest, which the next start
 * completes or sets aside. Throws a `StorageError`.
 */
export async function setAside(name: string, { exportsPending, setAside: folder }: Folders): Promise<string> {
  await demandNoLink(exportsPending);
  await createStorageFolder(folder);
  const target = await freeName(name, folder);
  const targets = partsOf(target);
  // The manifest first: a segment in the pending folder without one never counts as whole.
  for (const [index, part] of partsOf(name).entries()) {
    await movePart(path.join(exportsPending, part), path.join(folder, targets[index] ?? target), part === name);
  }
  return target;
}

/** What came of bringing a file back; `unfinished`: a segment without a manifest, whose content is exported anew from its session. */
export type BroughtBack = 'done' | 'gone' | 'taken' | 'unfinished';

/** Moves a file that was set aside back to the pending folder; its manifest comes last, and commits it. Throws a `StorageError`. */
export async function bringBack(name: string, { exportsPending, setAside: folder }: Folders): Promise<BroughtBack> {
  const parts = partsOf(name);
  const manifest = path.join(folder, manifestNameOf(name));
  if (!(await isFile(path.join(folder, name)))) return 'gone';
  if (parseSegmentName(name) && (await readManifest(manifest)).kind !== 'valid') {
    return 'unfinished';
  }
  await createStorageFolder(exportsPending);
  await demandNoLink(folder);
  const taken = await Promise.all(parts.map((part) => pathExists(path.join(exportsPending, part))));
  if (taken.includes(true)) return 'taken';
  for (const part of parts.toReversed()) {
    await movePart(path.join(folder, part), path.join(exportsPending, part), part === name);
  }
  return 'done';
}

/** The files in the set-aside folder, the first 100 by name. Throws a `StorageError` where it can't be read. */
export async function listSetAside({
  setAside: folder,
}: Pick<Folders, 'setAside'>): Promise<readonly SetAsideExport[]> {
  const names = await folderNames(folder);
  const manifests = new Set(names.filter((name) => name.endsWith('.manifest.json')));
  const files: SetAsideExport[] = [];
  for (const name of names.filter(isPendingName).toSorted()) {
    if (files.length >= mostListed) break;
    const facts = await factsOf(path.join(folder, name));
    const isUnfinished = parseSegmentName(name) !== null && !manifests.has(manifestNameOf(name));
    if (facts?.isFile()) files.push({ name, bytes: facts.size, isUnfinished });
  }
  return files;
}

/** The names that belong together, manifest first, file last; a loose file stands alone, whatever lies beside it. */
function partsOf(name: string): readonly string[] {
  return parseSegmentName(name) ? [manifestNameOf(name), sidecarsNameOf(name), name] : [name];
}

async function freeName(name: string, folder: string): Promise<string> {
  const { name: stem, ext } = path.parse(name);
  for (let attempt = 1; ; attempt += 1) {
    const candidate = attempt === 1 ? name : `${stem}-${attempt}${ext}`;
    const taken = await Promise.all(partsOf(candidate).map((part) => pathExists(path.join(folder, part))));
    if (!taken.includes(true)) return candidate;
  }
}

async function movePart(from: string, to: string, isNeeded: boolean): Promise<void> {
  try {
    const facts = await factsOf(from);
    if (facts === null && !isNeeded) return;
    const move = facts?.isDirectory() ? moveFolder : moveFile;
    if ((await move(from, to)) === 'taken') {
      throw new StorageError(`Something else came to ${to} meanwhile.`, { code: 'EEXIST', mend: 'Try again.' });
    }
  } catch (error) {
    throw storageError('move a pending export', from, error);
  }
}

async function isFile(file: string): Promise<boolean> {
  return (await factsOf(file))?.isFile() ?? false;
}

async function factsOf(file: string) {
  try {
    return await lstat(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError('look at a pending export', file, error);
  }
}
