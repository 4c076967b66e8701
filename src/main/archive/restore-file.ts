import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { createPrivateFolder } from '../export/atomic-file.js';
import { demandFreeSpace, freeBytesOf } from '../export/free-space.js';
import { hashFile } from '../export/hash-file.js';
import { linkFile } from '../export/move-file.js';
import { errorCode, storageError, StorageError } from '../export/storage-error.js';
import { syncFolder } from '../export/sync-folder.js';
import { temporaryPathFor } from '../export/temporary-name.js';
import { writeAt } from '../export/write-at.js';
import { readPiece } from './piece-bytes.js';
import type { StoredPiece } from './stored-piece.js';

/** The steps of a restoration in order; the fault tests stop the process before each of them. */
export type RestoreStep = 'first-restored-byte' | 'flush-restored' | 'publish-restored' | 'flush-restored-name';

/** What to rebuild and where. */
export interface RestoreFileRequest {
  /** Joined in order they are the file. */
  readonly pieces: readonly StoredPiece[];
  /** Absolute. */
  readonly target: string;
  /** When the original was last written: what tells a newer file. Null where that isn't known. */
  readonly modifiedAt: Date | null;
  /** What the restored file's time is set to; null leaves it at now. */
  readonly stampAt: Date | null;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((count: number) => void) | undefined;
  readonly freeBytes?: ((folder: string) => Promise<number>) | undefined;
  /** Called before each step; what it throws stops there. */
  readonly atStep?: ((step: RestoreStep) => Promise<void> | void) | undefined;
}

/** `already-there`: the same bytes stand there. `refused`: something else does, and was left as it is. */
export type RestoredFile =
  | { readonly kind: 'restored' | 'already-there'; readonly bytes: number }
  | { readonly kind: 'refused'; readonly message: string; readonly mend: string };

/**
 * Rebuilds a file from proven pieces under a temporary name and gives it its name last. A file that stands there is
 * replaced only where it is the beginning of what is restored and no newer; anything else is left. Throws a
 * `StorageError` and leaves nothing behind: `DAMAGED` or `ENOENT` for a piece that is not what its manifest says.
 */
export async function restoreFile(request: RestoreFileRequest): Promise<RestoredFile> {
  const { pieces, target, signal } = request;
  const bytes = pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  try {
    const standing = await lookAt(target);
    const refused = standing && refusalBeforehand(standing, bytes, request);
    if (refused) return refused;
    const standingHash = standing ? (await hashFile(target)).sha256 : null;
    if (standing?.size === bytes) {
      const isSame = (await hashPieces(pieces, bytes, request)) === standingHash;
      return isSame ? { kind: 'already-there', bytes } : otherLines(target);
    }
    await createPrivateFolder(path.dirname(target));
    await demandFreeSpace(path.dirname(target), bytes, request.freeBytes ?? freeBytesOf);
    const temporary = temporaryPathFor(target);
    try {
      const beginning = await write(temporary, standing?.size ?? 0, request);
      if (standingHash !== null && beginning !== standingHash) return otherLines(target);
      return (await publish(temporary, standing, request)) ?? { kind: 'restored', bytes };
    } finally {
      await rm(temporary, { force: true });
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw storageError('restore a file', target, error);
  }
}

/** Writes, stamps and flushes all bytes; answers the hash of the first `beginningBytes` of them. */
async function write(temporary: string, beginningBytes: number, request: RestoreFileRequest): Promise<string> {
  await request.atStep?.('first-restored-byte');
  const handle = await open(temporary, 'wx', 0o600);
  try {
    const beginning = await hashPieces(request.pieces, beginningBytes, request, handle);
    if (request.stampAt) await handle.utimes(request.stampAt, request.stampAt);
    await request.atStep?.('flush-restored');
    await handle.sync();
    return beginning;
  } finally {
    await handle.close();
  }
}

/** Reads all pieces, proves each, writes them to `handle`, and answers the hash of the first `beginningBytes`. */
async function hashPieces(
  pieces: readonly StoredPiece[],
  beginningBytes: number,
  { signal, onBytes }: RestoreFileRequest,
  handle?: FileHandle,
): Promise<string> {
  const beginning = createHash('sha256');
  let position = 0;
  for (const piece of pieces) {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const bytes of readPiece(piece, { signal })) {
      hash.update(bytes);
      if (position < beginningBytes) beginning.update(bytes.subarray(0, beginningBytes - position));
      if (handle) await writeAt(handle, bytes, position);
      position += bytes.length;
      sizeBytes += bytes.length;
      onBytes?.(bytes.length);
    }
    if (sizeBytes !== piece.sizeBytes || hash.digest('hex') !== piece.sha256) {
      throw new StorageError(`A piece of the archive is damaged: ${piece.name}.`, {
        code: 'DAMAGED',
        mend: 'Bring it back from a backup; --verify names all that is damaged.',
      });
    }
  }
  return beginning.digest('hex');
}

/** Gives the file its name, over `standing` where that is as it was; else a refusal. */
async function publish(
  temporary: string,
  standing: Stats | null,
  { target, atStep }: RestoreFileRequest,
): Promise<RestoredFile | null> {
  await atStep?.('publish-restored');
  if (standing) {
    const now = await lookAt(target);
    const isAsBefore = now?.ino === standing.ino && now.size === standing.size && now.mtimeMs === standing.mtimeMs;
    if (!isAsBefore) return changedMeanwhile(target);
    await rename(temporary, target);
  } else if ((await linkFile(temporary, target)) === 'taken') {
    return changedMeanwhile(target);
  }
  await atStep?.('flush-restored-name');
  await syncFolder(path.dirname(target));
  return null;
}

async function lookAt(target: string): Promise<Stats | null> {
  try {
    return await lstat(target);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

const elsewhere = 'Move it away, or restore into another folder.';

function refusalBeforehand(standing: Stats, bytes: number, request: RestoreFileRequest): RestoredFile | null {
  const { target, modifiedAt } = request;
  if (!standing.isFile()) return refusal(`Something that is no file has the name already (${target}).`);
  if (standing.size > bytes) {
    return refusal(
      `The file there is larger than what the archive holds: ${standing.size} of ${bytes} bytes (${target}).`,
    );
  }
  // Recorded times have whole milliseconds.
  const isNewer = modifiedAt === null || Math.floor(standing.mtimeMs) > modifiedAt.getTime();
  return isNewer && standing.size < bytes
    ? refusal(`The file there is newer than what the archive holds (${target}).`)
    : null;
}

function otherLines(target: string): RestoredFile {
  return refusal(`The file there holds other lines than the archive (${target}).`);
}

function changedMeanwhile(target: string): RestoredFile {
  return refusal(`The file there was changed while it was being restored (${target}).`);
}

function refusal(message: string): RestoredFile {
  return { kind: 'refused', message, mend: elsewhere };
}
