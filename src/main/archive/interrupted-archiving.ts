import path from 'node:path';
import { folderNames } from '../export/folder-names.js';
import { removeLeftovers } from '../export/leftover-files.js';
import { readManifest } from '../export/segment-manifest.js';
import { manifestNameOf, segmentNameOf } from '../export/segment-name.js';
import {
  isArchived,
  removePendingManifest,
  reportAndSettle,
  type ArchiveSurroundings,
  type ProcessedExport,
} from './archive-export.js';

/**
 * Ends what a crash interrupted after a file had left the pending folder: writes the reports that are missing, removes
 * manifests whose segment is archived, and temporary files. What is still in the pending folder is for the queue.
 */
export async function finishInterruptedArchiving(around: ArchiveSurroundings): Promise<readonly ProcessedExport[]> {
  const { layout, index, now } = around;
  const { exportsPending, exportsArchive, processingReports } = layout;
  const finished: ProcessedExport[] = [];
  const pending = await folderNames(exportsPending);
  const present = new Set(pending);
  const touched = new Set([processingReports, exportsArchive]);
  for (const file of await index.unsettled()) {
    const { archivedTo } = file.plan;
    touched.add(path.dirname(archivedTo));
    if (present.has(file.name)) continue;
    if (await isArchived(archivedTo)) {
      const read = await readManifest(path.join(path.dirname(archivedTo), manifestNameOf(path.basename(archivedTo))));
      const manifest = read.kind === 'valid' ? read.manifest : null;
      if (manifest) await removePendingManifest(file.name, archivedTo, layout);
      finished.push(await reportAndSettle(file, { manifest }, around));
    } else {
      await index.settle(file.name);
    }
  }
  for (const manifestName of await folderNames(exportsPending)) {
    const segment = segmentNameOf(manifestName);
    if (segment === null || present.has(segment)) continue;
    const read = await readManifest(path.join(exportsPending, manifestName));
    if (read.kind !== 'valid') continue;
    await removePendingManifest(segment, path.join(exportsArchive, read.manifest.sessionId, segment), layout);
  }
  for (const folder of touched) await removeLeftovers(folder, now);
  return finished;
}
