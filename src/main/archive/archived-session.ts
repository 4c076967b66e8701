import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { lineageOf, type ExportFolders, type LedgerSegment } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { readManifest } from '../export/segment-manifest.js';
import { isSessionId, parseSegmentName, segmentNameOf } from '../export/segment-name.js';
import { errorCode, storageError } from '../export/storage-error.js';
import { isPlainFolder } from './plain-folder.js';
import { segmentPiece, type PiecePlace } from './stored-piece.js';

/** A committed segment. Its manifest lies in `folder`, and beside it what belongs to it. */
export interface ArchivedSegment extends LedgerSegment {
  /** Absolute path of the session's archive folder, or of the pending folder. */
  readonly folder: string;
  /** Where its bytes lay when it was listed, with the size there; null where they are missing. `readSegment` looks anew. */
  readonly stored: (PiecePlace & { readonly sizeBytes: number }) | null;
}

/** What is kept of a session. */
export interface ArchivedSession {
  readonly sessionId: string;
  /**
   * In order: joined, they are the session file as of the newest export. It begins at byte 0 unless a manifest is lost
   * or damaged: then these are what stands after the hole.
   */
  readonly segments: readonly ArchivedSegment[];
  /** Those of earlier generations that the session file no longer holds; by generation, then by range. */
  readonly superseded: readonly ArchivedSegment[];
  /** Absolute paths of manifests that can't be understood. */
  readonly damagedManifests: readonly string[];
}

/**
 * Goes through the sessions of which a segment is archived or pending, in the order of their ids, one at a time: what
 * is held grows with one session and the names in the pending folder. Reads manifests and looks at segments, opens none.
 * A session folder without a manifest comes without segments. Throws a `StorageError` where a folder or manifest can't be read.
 */
export async function* readArchive(folders: ExportFolders): AsyncGenerator<ArchivedSession, void, undefined> {
  const pending = await pendingManifests(folders.exportsPending);
  for (const id of await idsOf(folders, pending, '')) {
    yield await readSession(id, folders, pending.get(prefixOf(id)) ?? []);
  }
}

/** The ids, sorted, of the sessions of which something is archived or pending and whose id begins with `prefix`. */
export async function archivedSessionIds(folders: ExportFolders, prefix = ''): Promise<readonly string[]> {
  return idsOf(folders, await pendingManifests(folders.exportsPending), prefix.toLowerCase());
}

async function idsOf(
  { exportsPending, exportsArchive }: ExportFolders,
  pending: ReadonlyMap<string, readonly string[]>,
  prefix: string,
): Promise<readonly string[]> {
  const ids = new Set((await folderNames(exportsArchive)).filter(isSessionId));
  for (const [start, names] of pending) {
    if (!start.startsWith(prefix.slice(0, start.length))) continue;
    for (const name of names) {
      const read = await readManifest(path.join(exportsPending, name));
      if (read.kind === 'valid') ids.add(read.manifest.sessionId);
    }
  }
  return [...ids].filter((id) => id.toLowerCase().startsWith(prefix)).toSorted();
}

/** What is kept of one session; without segments where there is nothing. Throws as `readArchive` does. */
export async function readArchivedSession(sessionId: string, folders: ExportFolders): Promise<ArchivedSession> {
  if (!isSessionId(sessionId)) throw new RangeError(`Not a session id: ${JSON.stringify(sessionId)}`);
  const pending = await pendingManifests(folders.exportsPending);
  return readSession(sessionId, folders, pending.get(prefixOf(sessionId)) ?? []);
}

async function readSession(
  sessionId: string,
  folders: ExportFolders,
  pendingNames: readonly string[],
): Promise<ArchivedSession> {
  const archive = path.join(folders.exportsArchive, sessionId);
  const found = new Map<string, ArchivedSegment>();
  const damagedManifests: string[] = [];
  // Pending first: a segment that is archived meanwhile is then met again rather than missed.
  for (const [folder, names] of [
    [folders.exportsPending, pendingNames],
    [archive, (await isPlainFolder(archive)) ? await folderNames(archive) : []],
  ] as const) {
    for (const manifestName of names) {
      const name = segmentNameOf(manifestName);
      if (name === null) continue;
      const read = await readManifest(path.join(folder, manifestName));
      if (read.kind === 'damaged' && folder === archive) damagedManifests.push(path.join(folder, manifestName));
      if (read.kind !== 'valid' || read.manifest.sessionId !== sessionId) continue;
      const segment = { name, manifest: read.manifest };
      // One in both folders is being archived.
      found.set(name, { ...segment, folder, stored: await findStored(segment, folders) });
    }
  }
  const all = [...found.values()];
  const segments = lineageOf(all.filter((segment) => segment.stored !== null || !hasTwin(segment, all)));
  const current = new Set(segments);
  const superseded = all
    .filter((segment) => !current.has(segment))
    .toSorted(({ manifest: a }, { manifest: b }) => a.generation - b.generation || a.range.start - b.range.start);
  return { sessionId, segments, superseded, damagedManifests };
}

/** Whether the bytes of a lost segment were exported again: another one holds the same and stands in the same place. */
export function hasTwin({ manifest }: ArchivedSegment, all: readonly ArchivedSegment[]): boolean {
  return all.some(
    (other) =>
      other.stored !== null &&
      other.manifest.chain === manifest.chain &&
      other.manifest.generation === manifest.generation &&
      other.manifest.range.end === manifest.range.end,
  );
}

async function findStored(segment: LedgerSegment, folders: ExportFolders): Promise<ArchivedSegment['stored']> {
  for (const place of segmentPiece(segment, folders).places) {
    try {
      const facts = await lstat(place.path);
      if (facts.isFile()) return { ...place, sizeBytes: facts.size };
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw storageError('look at an archived segment', place.path, error);
    }
  }
  return null;
}

/** The names of the pending folder's manifests by the first 8 characters of the session id, in lower case. */
async function pendingManifests(exportsPending: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const byPrefix = new Map<string, string[]>();
  for (const name of await folderNames(exportsPending)) {
    const segment = segmentNameOf(name);
    const prefix = segment === null ? undefined : parseSegmentName(segment)?.sessionIdPrefix.toLowerCase();
    if (prefix === undefined) continue;
    const names = byPrefix.get(prefix);
    if (names) names.push(name);
    else byPrefix.set(prefix, [name]);
  }
  return byPrefix;
}

function prefixOf(sessionId: string): string {
  return sessionId.slice(0, 8).toLowerCase();
}
