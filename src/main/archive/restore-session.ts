import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { ExportFolders } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { removeLeftovers } from '../export/leftover-files.js';
import { pathExists } from '../export/path-exists.js';
import { chainOf } from '../export/segment-manifest.js';
import { errorCode } from '../export/storage-error.js';
import { readArchivedSession, type ArchivedSession } from './archived-session.js';
import { findArchived, nothingArchived } from './find-archived.js';
import { restoreFile, type RestoredFile, type RestoreStep } from './restore-file.js';
import { restoreSidecars, type RestoredSidecars } from './restore-sidecars.js';
import { segmentPiece, sidecarPiecesOf } from './stored-piece.js';

/** Which session to rebuild, and where. */
export interface RestoreRequest {
  /** The session's id, or a unique start of it of 8 or more characters. */
  readonly session: string;
  /** Absolute: the session file goes right into this folder. Null: where it came from, if that is below a root. */
  readonly into: string | null;
  /** The `projects` folders that the client reads. */
  readonly roots: readonly string[];
  readonly folders: ExportFolders;
  /** After how many days the client deletes what lies below one of the roots. */
  readonly cleanupDays: (root: string) => Promise<number>;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
  /** Told once, before anything is written: the bytes of all that comes back. */
  readonly onSize?: ((bytes: number) => void) | undefined;
  readonly onBytes?: ((count: number) => void) | undefined;
  readonly freeBytes?: ((folder: string) => Promise<number>) | undefined;
  readonly atStep?: ((step: RestoreStep) => Promise<void> | void) | undefined;
}

/** What came of it. `unknown-session`: nothing, or more than one, is archived by that id. */
export type RestoreOutcome =
  | {
      readonly kind: 'restored' | 'already-there';
      readonly sessionId: string;
      readonly path: string;
      readonly bytes: number;
      /** Its time is that of the restoration: with its own the client would delete it as too old. */
      readonly isStampedNow: boolean;
      readonly sidecars: RestoredSidecars;
    }
  /** `isOfPlace`: it could go into another folder. */
  | { readonly kind: 'refused'; readonly message: string; readonly mend: string; readonly isOfPlace: boolean }
  | { readonly kind: 'unknown-session'; readonly message: string };

const dayMs = 24 * 3_600_000;

/**
 * Rebuilds a session file byte for byte as it was at its last export, then its sidecars. Nothing that stands there is
 * lost: see `restoreFile`. Throws a `StorageError` where the session's own segments are damaged (then nothing was
 * restored), or a disk refuses.
 */
export async function restoreSession(request: RestoreRequest): Promise<RestoreOutcome> {
  const { folders, now, into } = request;
  const found = await findArchived(request.session, folders);
  if (found.kind === 'unknown-session') return found;
  const { sessionId } = found;
  const session = await readArchivedSession(sessionId, folders);
  const last = session.segments.at(-1)?.manifest;
  const hole = holeIn(session);
  if (hole || !last) return hole ?? nothingArchived(request.session);
  const folder = into ?? (await originalFolder(sessionId, last.sourcePath, request.roots));
  if (typeof folder !== 'string') return folder;
  const place = path.join(folder, fileOf(sessionId));
  // Of a restoration that was killed.
  await removeLeftovers(folder, now);
  const modifiedAt = last.times.sourceModifiedAt === null ? null : new Date(last.times.sourceModifiedAt);
  const pieces = session.segments.map((segment) => segmentPiece(segment, folders));
  const beside = [...session.segments, ...session.superseded].flatMap((segment) => sidecarPiecesOf(segment, folders));
  request.onSize?.([...pieces, ...beside].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const isTooOld = await isDeletedSoon(folder, modifiedAt, request);
  const outcome: RestoredFile = await restoreFile({
    ...request,
    pieces,
    target: place,
    modifiedAt,
    stampAt: isTooOld ? null : modifiedAt,
  });
  if (outcome.kind === 'refused') return { ...outcome, isOfPlace: true };
  const sidecars = await restoreSidecars(session, folder, {
    ...request,
    stampAt: (written) => (isTooOld ? null : written),
  });
  return { ...outcome, sessionId, path: place, isStampedNow: outcome.kind === 'restored' && isTooOld, sidecars };
}

/** Says what is missing where the segments don't go back to the first byte. */
function holeIn({ sessionId, segments }: ArchivedSession): RestoreOutcome | null {
  const first = segments[0];
  if (!first) return null;
  const { range, chain, sha256 } = first.manifest;
  if (range.start === 0 && chainOf('', sha256) === chain) return null;
  return {
    kind: 'refused',
    message: `The archive has a hole: of ${sessionId} the first ${range.start} bytes are missing before ${first.name}.`,
    mend: 'Bring its segments and manifests back from a backup; --verify names what is missing.',
    isOfPlace: false,
  };
}

/** Whether the client would delete a file with that time again within a day; not where it doesn't look. */
async function isDeletedSoon(
  folder: string,
  modifiedAt: Date | null,
  { roots, cleanupDays, now }: RestoreRequest,
): Promise<boolean> {
  const root = rootOf(folder, roots);
  if (modifiedAt === null || root === undefined) return modifiedAt === null;
  return now().getTime() - modifiedAt.getTime() > ((await cleanupDays(root)) - 1) * dayMs;
}

function rootOf(folder: string, roots: readonly string[]): string | undefined {
  return roots.find((root) => path.resolve(root) === path.dirname(path.resolve(folder)));
}

/** Where the client finds the session: the folder it came from, unless it lies somewhere else now. */
async function originalFolder(
  sessionId: string,
  sourcePath: string,
  roots: readonly string[],
): Promise<string | RestoreOutcome> {
  const folder = path.dirname(sourcePath);
  if (!path.isAbsolute(sourcePath) || rootOf(folder, roots) === undefined) {
    return {
      kind: 'refused',
      message: `The session came from ${folder}, which is in no folder that is watched.`,
      mend: 'Restore into another folder, or add its Claude Code folder in the settings.',
      isOfPlace: true,
    };
  }
  const other = await findElsewhere(sessionId, folder, roots);
  if (other === null) return folder;
  return {
    kind: 'refused',
    message: `The session lies in another folder now (${other}).`,
    mend: 'Move it away, or restore into another folder.',
    isOfPlace: true,
  };
}

async function findElsewhere(sessionId: string, folder: string, roots: readonly string[]): Promise<string | null> {
  for (const root of roots) {
    for (const name of await folderNames(root)) {
      const file = path.join(root, name, fileOf(sessionId));
      if (path.join(root, name) !== folder && (await isFolder(path.join(root, name))) && (await pathExists(file))) {
        return file;
      }
    }
  }
  return null;
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await lstat(folder)).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EACCES') return false;
    throw error;
  }
}

function fileOf(sessionId: string): string {
  return `${sessionId}.jsonl`;
}
