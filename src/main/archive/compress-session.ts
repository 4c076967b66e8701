import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { ExportFolders } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { removeLeftovers } from '../export/leftover-files.js';
import type { MoveCalls } from '../export/move-file.js';
import { pathExists } from '../export/path-exists.js';
import { readManifest } from '../export/segment-manifest.js';
import { manifestNameOf, segmentNameOf, sidecarsNameOf } from '../export/segment-name.js';
import { errorCode, storageError, StorageError } from '../export/storage-error.js';
import { demandNoLink } from '../export/storage-folder.js';
import { compressPiece, type CompressStep } from './compress-piece.js';
import { isPlainFolder } from './plain-folder.js';
import { segmentPiece, sidecarPiecesOf, type StoredPiece } from './stored-piece.js';

/** Which session to compress, and how far to go. */
export interface CompressSessionRequest {
  readonly sessionId: string;
  readonly folders: ExportFolders;
  readonly setAside: string;
  readonly now: () => Date;
  /** How long a segment stays plain after its export, milliseconds: so long notices lead to it. */
  readonly plainForMs: number;
  /** No file is begun once so many plain bytes were compressed. */
  readonly budgetBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly moveCalls?: MoveCalls | undefined;
  readonly atStep?: ((step: CompressStep) => Promise<void> | void) | undefined;
}

/** What was done. */
export interface CompressedSession {
  readonly files: number;
  readonly plainBytes: number;
  readonly compressedBytes: number;
  /** The budget was used up before the end. */
  readonly more: boolean;
  /** What could not be compressed, and stays plain. */
  readonly failures: readonly StorageError[];
}

/**
 * Compresses the archived segments of a session, and their sidecars, that have been archived for a while. What is still
 * being archived is left alone, and so is what doesn't prove right. `signal` ends it with its reason. A full or
 * unwritable disk throws a `StorageError`.
 */
export async function compressSession(request: CompressSessionRequest): Promise<CompressedSession> {
  const { sessionId, folders, budgetBytes, signal } = request;
  const archive = path.join(folders.exportsArchive, sessionId);
  const failures: StorageError[] = [];
  let [files, plainBytes, compressedBytes] = [0, 0, 0];
  await demandNoLink(folders.exportsArchive);
  if (!(await isPlainFolder(archive))) return { files, plainBytes, compressedBytes, more: false, failures };
  await removeLeftovers(archive, request.now);
  for (const manifestName of await folderNames(archive)) {
    for (const { file, piece } of await plainFilesOf(manifestName, archive, request)) {
      signal?.throwIfAborted();
      if (plainBytes >= budgetBytes) return { files, plainBytes, compressedBytes, more: true, failures };
      try {
        const { setAside, moveCalls, atStep } = request;
        const size = await compressPiece({ file, expected: piece, setAside, signal, moveCalls, atStep });
        if (size === null) continue;
        files += 1;
        plainBytes += piece.sizeBytes;
        compressedBytes += size;
      } catch (error) {
        if (!(error instanceof StorageError) || !ofOneFile.has(error.code)) throw error;
        failures.push(error);
      }
    }
  }
  return { files, plainBytes, compressedBytes, more: false, failures };
}

/** The causes that say nothing of the other files. */
const ofOneFile = new Set(['DAMAGED', 'ELOOP', 'EISDIR']);

/** The plain files that a manifest vouches for and that may be compressed now. */
async function plainFilesOf(
  manifestName: string,
  archive: string,
  { sessionId, folders, now, plainForMs }: CompressSessionRequest,
): Promise<readonly { readonly file: string; readonly piece: StoredPiece }[]> {
  const name = segmentNameOf(manifestName);
  if (name === null) return [];
  const sidecars = path.join(archive, sidecarsNameOf(name));
  const hasSidecars = await isPlainFolder(sidecars);
  const hasPlain =
    (await isFile(path.join(archive, name))) ||
    (hasSidecars && (await folderNames(sidecars)).some((file) => !file.endsWith('.br')));
  if (!hasPlain || (await pathExists(path.join(folders.exportsPending, manifestNameOf(name))))) return [];
  const read = await readManifest(path.join(archive, manifestName));
  if (read.kind !== 'valid' || read.manifest.sessionId !== sessionId) return [];
  const ageMs = now().getTime() - Date.parse(read.manifest.exportedAt);
  if (ageMs >= 0 && ageMs < plainForMs) return [];
  if (hasSidecars) await removeLeftovers(sidecars, now);
  const segment = { name, manifest: read.manifest };
  const found: { file: string; piece: StoredPiece }[] = [];
  for (const piece of [segmentPiece(segment, folders), ...(hasSidecars ? sidecarPiecesOf(segment, folders) : [])]) {
    // The second place: archived and plain.
    const file = piece.places[1]?.path;
    if (file !== undefined && piece.sizeBytes > 0 && (await isFile(file))) found.push({ file, piece });
  }
  return found;
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isFile();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw storageError('look at a file of the archive', file, error);
  }
}
