import { lstat, rename } from 'node:fs/promises';
import path from 'node:path';
import type { ExportFolders } from './export-ledger.js';
import { moveAside } from './move-aside.js';
import { pathExists } from './path-exists.js';
import type { SegmentManifest } from './segment-manifest.js';
import { segmentOfSidecars, sidecarsNameOf } from './segment-name.js';
import { holdsPieces } from './sidecar-folder.js';
import { parseTemporaryName } from './temporary-name.js';

/**
 * Sees to it that the sidecars of a draft stand beside their segment; false where their bytes are not what it says.
 * `names` are those in the pending folder.
 */
export async function completeSidecars(
  segment: string,
  { sidecars = [] }: SegmentManifest,
  names: readonly string[],
  exportsPending: string,
): Promise<boolean> {
  if (sidecars.length === 0) return true;
  const folderName = sidecarsNameOf(segment);
  const target = path.join(exportsPending, folderName);
  if (await pathExists(target)) return holdsPieces(target, sidecars);
  for (const other of names.filter((one) => parseTemporaryName(one)?.targetName === folderName)) {
    const temporary = path.join(exportsPending, other);
    if (!(await holdsPieces(temporary, sidecars))) continue;
    await rename(temporary, target);
    return true;
  }
  return false;
}

/** The segments whose sidecars stand alone: a power cut has kept the name of these and lost that of the segment. */
export async function sidecarsWithoutSegment(
  exportsPending: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const present = new Set(names);
  const alone: string[] = [];
  for (const name of names) {
    const segment = segmentOfSidecars(name);
    if (segment === null || present.has(segment)) continue;
    if ((await lstat(path.join(exportsPending, name))).isDirectory()) alone.push(segment);
  }
  return alone;
}

/** Sets aside the sidecars beside a segment, if there are any; they are exported again from the source. */
export async function setSidecarsAside(
  segment: string,
  request: {
    readonly folders: ExportFolders;
    readonly setAside: string;
    readonly log: (message: string) => void;
  },
): Promise<void> {
  const sidecars = path.join(request.folders.exportsPending, sidecarsNameOf(segment));
  if (!(await pathExists(sidecars))) return;
  request.log(`Set aside sidecars that no manifest lists: ${await moveAside(sidecars, request.setAside)}`);
}
