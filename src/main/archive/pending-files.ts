import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { PendingExport } from '../../shared/app-state.js';
import { readManifest, type SegmentManifest } from '../export/segment-manifest.js';
import { manifestNameOf, parseSegmentName } from '../export/segment-name.js';
import { errorCode, storageError } from '../export/storage-error.js';
import { firstOf, openPendingListing, type ListedFile } from './pending-listing.js';

/** A file of the pending folder that is to be processed. */
export interface PendingFile extends ListedFile {
  readonly path: string;
  /** Null for a loose file, one that another tool dropped. */
  readonly manifest: SegmentManifest | null;
}

/** Looks at one file of the pending folder; null where it isn't one to be processed, `damaged` where its manifest is none. */
export async function lookAt(exportsPending: string, name: string): Promise<PendingFile | 'damaged' | null> {
  const file = path.join(exportsPending, name);
  try {
    const facts = await lstat(file);
    if (!facts.isFile()) return null;
    const common = { name, path: file, sizeBytes: facts.size, modifiedMs: facts.mtimeMs };
    if (!parseSegmentName(name)) return { ...common, exportedMs: null, manifest: null };
    const read = await readManifest(path.join(exportsPending, manifestNameOf(name)));
    if (read.kind !== 'valid') return read.kind === 'damaged' ? 'damaged' : null;
    return { ...common, exportedMs: Date.parse(read.manifest.exportedAt), manifest: read.manifest };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError('look at a pending export', file, error);
  }
}

/** What people see of a pending file besides what the folder tells. */
export type PendingDetails = Pick<PendingExport, 'sessionId' | 'percent' | 'trigger' | 'exportedAt'>;

/** The pending folder as people see it, without touching anything: the oldest files, and how many there are. Throws a `StorageError` where it can't be read. */
export async function listPendingExports(
  exportsPending: string,
): Promise<{ readonly shown: readonly PendingExport[]; readonly total: number }> {
  const listing = openPendingListing(exportsPending);
  await listing.refresh();
  const shown = firstOf(listing.files(), mostShown).map(async (file) => {
    const details = await readDetails(exportsPending, file.name);
    return describePending(file, details, { state: 'waiting', attempts: 0, problem: null });
  });
  return { shown: await Promise.all(shown), total: listing.count() };
}

/** Of a hundred thousand files people see the first few, and how many there are. */
export const mostShown = 200;

/** Reads what the manifest of a segment tells; all null for a loose file, and where there is none. */
export async function readDetails(exportsPending: string, name: string): Promise<PendingDetails> {
  const read = parseSegmentName(name) ? await readManifest(path.join(exportsPending, manifestNameOf(name))) : null;
  return detailsOf(read?.kind === 'valid' ? read.manifest : null);
}

/** What people see of a manifest. */
export function detailsOf(manifest: SegmentManifest | null): PendingDetails {
  return {
    sessionId: manifest?.sessionId ?? null,
    percent: manifest?.percent ?? null,
    trigger: manifest?.trigger ?? null,
    exportedAt: manifest?.exportedAt ?? null,
  };
}

/** A pending file as people see it. */
export function describePending(
  { name, sizeBytes }: ListedFile,
  { sessionId, percent, trigger, exportedAt }: PendingDetails,
  { state, attempts, problem }: Pick<PendingExport, 'state' | 'attempts' | 'problem'>,
): PendingExport {
  return { name, sessionId, percent, trigger, bytes: sizeBytes, exportedAt, state, attempts, problem };
}
