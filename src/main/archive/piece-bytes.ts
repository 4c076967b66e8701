import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { errorCode, storageError, StorageError } from '../export/storage-error.js';
import type { PiecePlace, StoredPiece } from './stored-piece.js';

/** What a run of bytes proved to be. */
export interface ProvenBytes {
  /** Hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

const chunkBytes = 256 * 1024;

/**
 * Streams the unpacked bytes of a piece in buffers of at most 256 KB, wherever it lies now. Proves nothing: compare the
 * hash where it matters. Throws a `StorageError`: `ENOENT` for a missing piece, `DAMAGED` for one that can't be unpacked
 * or is longer than its manifest says. A link or folder in its place is refused. `signal` ends it with its reason.
 */
export async function* readPiece(
  piece: StoredPiece,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Buffer, void, undefined> {
  const opened = await openPiece(piece);
  try {
    let left = piece.sizeBytes;
    for await (const bytes of opened.compressed ? unpack(opened.handle, opened.path) : readPlain(opened.handle)) {
      signal?.throwIfAborted();
      left -= bytes.length;
      if (left < 0) throw damaged(`A piece of the archive is longer than its manifest says (${opened.path}).`);
      yield bytes;
    }
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw error;
    throw storageError('read the archive', opened.path, error);
  } finally {
    await opened.handle.close();
  }
}

/** Hash and size of a piece's unpacked bytes; throws as `readPiece` does. `onBytes` hears how many were read. */
export async function hashPiece(
  piece: StoredPiece,
  {
    signal,
    onBytes,
  }: { readonly signal?: AbortSignal | undefined; readonly onBytes?: ((count: number) => void) | undefined } = {},
): Promise<ProvenBytes> {
  return hashAll(readPiece(piece, { signal }), onBytes);
}

/** Hash and size of what a brotli file unpacks to; throws a `StorageError`, `DAMAGED` where it can't be unpacked. */
export async function hashCompressedFile(file: string): Promise<ProvenBytes> {
  const handle = await openPlainFile(file);
  try {
    return await hashAll(unpack(handle, file));
  } finally {
    await handle.close();
  }
}

/** Opens a file for reading; a link, or anything else in its place, is refused. */
export async function openPlainFile(file: string): Promise<FileHandle> {
  // Without O_NONBLOCK a pipe in a file's place would hold us up for ever.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(file, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new StorageError(`Something that is no file has the name of one of the archive's (${file}).`, {
    code: 'EISDIR',
    mend: 'Move it away.',
  });
}

/** The bytes of an open file from its beginning, in buffers of at most 256 KB that the reader may keep. */
export async function* readPlain(handle: FileHandle): AsyncGenerator<Buffer, void, undefined> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function hashAll(bytes: AsyncIterable<Buffer>, onBytes?: (count: number) => void): Promise<ProvenBytes> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of bytes) {
    hash.update(piece);
    sizeBytes += piece.length;
    onBytes?.(piece.length);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

async function openPiece({ name, places }: StoredPiece): Promise<PiecePlace & { readonly handle: FileHandle }> {
  for (const place of places) {
    try {
      return { ...place, handle: await openPlainFile(place.path) };
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw storageError('read the archive', place.path, error);
    }
  }
  const last = places.at(-1)?.path ?? name;
  throw new StorageError(`Missing from the archive: ${name} (${last}).`, {
    code: 'ENOENT',
    mend: 'Bring the file back from a backup.',
  });
}

async function* unpack(packed: FileHandle, file: string): AsyncGenerator<Buffer, void, undefined> {
  const unpacker = createBrotliDecompress({ chunkSize: chunkBytes });
  const feeding = pipeline(readPlain(packed), unpacker);
  // Met below, after the last piece; until then it isn't unhandled.
  feeding.catch(() => undefined);
  try {
    for await (const bytes of unpacker) yield bytes as Buffer;
    await feeding;
  } catch (error) {
    const isDamage = /^(?:ERR__|ERR_BROTLI|Z_)/.test(errorCode(error) ?? '');
    if (!isDamage) throw error;
    throw damaged(`A compressed file of the archive can't be unpacked (${file}).`, error);
  } finally {
    unpacker.destroy();
    // The file may only be closed once nobody reads it any more.
    await feeding.catch(() => undefined);
  }
}

function damaged(message: string, cause?: unknown): StorageError {
  return new StorageError(message, { code: 'DAMAGED', mend: 'Bring the file back from a backup.', cause });
}
