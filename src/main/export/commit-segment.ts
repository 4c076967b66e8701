import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFlushed } from './atomic-file.js';
import type { ExportFolders, LedgerSegment } from './export-ledger.js';
import { linkFile } from './move-file.js';
import { pathExists } from './path-exists.js';
import { formatManifest, type SegmentManifest } from './segment-manifest.js';
import { compressedNameOf, manifestNameOf, segmentName, sidecarsNameOf } from './segment-name.js';
import { StorageError } from './storage-error.js';
import { syncFolder } from './sync-folder.js';
import { temporaryPathFor } from './temporary-name.js';

/** The steps of an export in order; the fault tests stop the process before each of them. */
export type ExportStep =
  | 'open-source'
  | 'write-sidecar'
  | 'flush-sidecar'
  | 'first-byte'
  | 'flush-segment'
  | 'write-draft'
  | 'publish-segment'
  | 'publish-sidecars'
  | 'flush-folder'
  | 'commit-manifest'
  | 'flush-commit';

const mostAttempts = 1000;

/**
 * Gives a flushed temporary file its name as a segment, the folder with its sidecars (null: there are none) theirs, and
 * then commits both with the manifest. That is written and flushed beforehand under a temporary name (the draft), so
 * that the commit is one rename and a crash before it loses nothing of what the manifest says. On failure everything but
 * the temporary segment file is taken back.
 */
export async function commitSegment({
  temporary,
  temporarySidecars,
  manifest,
  folders,
  at,
  atStep,
}: {
  readonly temporary: string;
  readonly temporarySidecars: string | null;
  readonly manifest: SegmentManifest;
  readonly folders: ExportFolders;
  readonly at: Date;
  readonly atStep: (step: ExportStep) => Promise<void> | void;
}): Promise<LedgerSegment> {
  const { exportsPending, exportsArchive } = folders;
  const { sessionId, percent } = manifest;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const name = segmentName({ at, sessionId, percent, attempt });
    const segmentPath = path.join(exportsPending, name);
    const manifestPath = path.join(exportsPending, manifestNameOf(name));
    const sidecarsPath = path.join(exportsPending, sidecarsNameOf(name));
    const archive = path.join(exportsArchive, sessionId);
    const kept = [name, compressedNameOf(name), manifestNameOf(name), sidecarsNameOf(name)];
    const inArchive = kept.map((file) => path.join(archive, file));
    const taken = await Promise.all([manifestPath, sidecarsPath, ...inArchive].map(pathExists));
    if (taken.includes(true)) continue;
    const draft = temporaryPathFor(manifestPath);
    const mine: string[] = [draft];
    try {
      // Named after what it will be, so that a crash finds it by the draft.
      const sidecars = temporarySidecars === null ? null : temporaryPathFor(sidecarsPath);
      if (temporarySidecars !== null && sidecars !== null) {
        await rename(temporarySidecars, sidecars);
        mine.unshift(sidecars);
      }
      await atStep('write-draft');
      await writeFlushed(draft, formatManifest(manifest));
      await atStep('publish-segment');
      if ((await linkFile(temporary, segmentPath)) === 'taken') {
        await rm(draft);
        if (temporarySidecars !== null && sidecars !== null) await rename(sidecars, temporarySidecars);
        continue;
      }
      mine.push(segmentPath);
      await rm(temporary, { force: true });
      if (sidecars !== null) {
        await atStep('publish-sidecars');
        await rename(sidecars, sidecarsPath);
        mine.unshift(sidecarsPath);
      }
      await atStep('flush-folder');
      await syncFolder(exportsPending);
      await atStep('commit-manifest');
      await rename(draft, manifestPath);
      mine.unshift(manifestPath);
      await atStep('flush-commit');
      await syncFolder(exportsPending);
      return { name, manifest };
    } catch (error) {
      for (const file of mine) await rm(file, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  }
  throw new StorageError(`Could not find a free name for an export in ${exportsPending}.`, {
    code: 'EEXIST',
    mend: 'Move the files that stand there away, then try again.',
  });
}
