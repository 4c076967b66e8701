import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { PendingExport } from '../../shared/app-state.js';
import { folderNames } from '../export/folder-names.js';
import { readManifest, type SegmentManifest } from '../export/segment-manifest.js';
import { manifestNameOf, parseSegmentName } from '../export/segment-name.js';
import { errorCode, storageError } from '../export/storage-error.js';

/** A file that waits in the pending folder. */
export interface PendingFile {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Null for a loose file, one that another tool dropped. */
  readonly manifest: SegmentManifest | null;
}

/**
 * Lists what waits in the pending folder, oldest first: committed segments and loose `.jsonl` and `.txt` files. Links,
 * folders, hidden files and unfinished segments are not listed.
 */
export async function listPendingFiles(exportsPending: string): Promise<readonly PendingFile[]> {
  const names = await folderNames(exportsPending);
  const files: PendingFile[] = [];
  for (const name of names) {
    if (!/\.(?:jsonl|txt)$/.test(name) || name.startsWith('.')) continue;
    const file = await lookAt(exportsPending, name);
    if (file) files.push(file);
  }
  return files.toSorted((a, b) => a.modifiedMs - b.modifiedMs || a.name.localeCompare(b.name));
}

/** Looks at one file of the pending folder; null where it isn't one to be processed. */
export async function lookAt(exportsPending: string, name: string): Promise<PendingFile | null> {
  const file = path.join(exportsPending, name);
  try {
    const facts = await lstat(file);
    if (!facts.isFile()) return null;
    const common = { name, path: file, sizeBytes: facts.size, modifiedMs: facts.mtimeMs };
    if (!parseSegmentName(name)) return { ...common, manifest: null };
    const read = await readManifest(path.join(exportsPending, manifestNameOf(name)));
    return read.kind === 'valid' ? { ...common, manifest: read.manifest } : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError('look at a pending export', file, error);
  }
}

/** The pending folder as people see it, without touching anything. Throws a `StorageError` where it can't be read. */
export async function listPendingExports(exportsPending: string): Promise<readonly PendingExport[]> {
  const files = await listPendingFiles(exportsPending);
  return files.map((file) => describePending(file, { state: 'waiting', attempts: 0, problem: null }));
}

/** A pending file as people see it. */
export function describePending(
  { name, sizeBytes, manifest }: PendingFile,
  { state, attempts, problem }: Pick<PendingExport, 'state' | 'attempts' | 'problem'>,
): PendingExport {
  return {
    name,
    sessionId: manifest?.sessionId ?? null,
    percent: manifest?.percent ?? null,
    trigger: manifest?.trigger ?? null,
    bytes: sizeBytes,
    exportedAt: manifest?.exportedAt ?? null,
    state,
    attempts,
    problem,
  };
}
