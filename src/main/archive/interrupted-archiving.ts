import path from 'node:path';
import { namesAmongMany } from '../export/folder-names.js';
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
  const unsettled = await index.unsettled();
  const awaited = new Set(unsettled.map(({ name }) => name));
  const { present, orphans } = await lookThrough(exportsPending, awaited);
  const touched = new Set([processingReports, exportsArchive]);
  for (const file of unsettled) {
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
  for (const segment of orphans) {
    const read = await readManifest(path.join(exportsPending, manifestNameOf(segment)));
    if (read.kind !== 'valid') continue;
    await removePendingManifest(segment, path.join(exportsArchive, read.manifest.sessionId, segment), layout);
  }
  for (const folder of touched) await removeLeftovers(folder, now);
  return finished;
}

/** Which of the awaited names are in the pending folder, and the segments of which only the manifest is there. */
async function lookThrough(
  exportsPending: string,
  awaited: ReadonlySet<string>,
): Promise<{ readonly present: ReadonlySet<string>; readonly orphans: readonly string[] }> {
  const present = new Set<string>();
  const segments = new Set<string>();
  const manifests = await namesAmongMany(exportsPending, (name) => {
    if (awaited.has(name)) present.add(name);
    if (name.endsWith('.jsonl')) segments.add(name);
    return name.endsWith('.manifest.json');
  });
  const named = manifests.flatMap((name) => segmentNameOf(name) ?? []);
  return { present, orphans: named.filter((segment) => !segments.has(segment)) };
}
