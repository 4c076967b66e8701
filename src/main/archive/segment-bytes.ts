import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import type { ExportFolders, LedgerSegment } from '../export/export-ledger.js';
import { compressedNameOf } from '../export/segment-name.js';
import { errorCode, storageError, StorageError } from '../export/storage-error.js';

/** A place where a segment's bytes may lie. */
export interface SegmentPlace {
  readonly path: string;
  readonly compressed: boolean;
}

const chunkBytes = 256 * 1024;

/**
 * The places of a segment's bytes in the order in which it goes through them: pending, archived, compressed. Who looks
 * in this order misses no segment that moves on meanwhile.
 */
export function placesOfSegment({ name, manifest }: LedgerSegment, folders: ExportFolders): readonly SegmentPlace[] {
  const archive = path.join(folders.exportsArchive, manifest.sessionId);
  return [
    { path: path.join(folders.exportsPending, name), compressed: false },
    { path: path.join(archive, name), compressed: false },
    { path: path.join(archive, compressedNameOf(name)), compressed: true },
  ];
}

/**
 * Streams the bytes of a segment, unpacked, in pieces of at most 256 KB, wherever it lies now. Proves nothing: compare
 * the hash where it matters. Throws a `StorageError`: `ENOENT` for a missing segment, `DAMAGED` for one that can't be
 * unpacked or is longer than its manifest says. A link or folder in its place is refused. `signal` ends it with its reason.
 */
export async function* readSegment(
  segment: LedgerSegment,
  folders: ExportFolders,
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Buffer, void, undefined> {
  const opened = await openSegment(segment, folders);
  try {
    const { start, end } = segment.manifest.range;
    const bytes = readPlain(opened.handle);
    let left = end - start;
    for await (const piece of opened.compressed ? unpack(bytes, opened.path) : bytes) {
      signal?.throwIfAborted();
      left -= piece.length;
      if (left < 0) throw damaged(`A segment is longer than its manifest says (${opened.path}).`);
      yield piece;
    }
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw error;
    throw storageError('read an archived segment', opened.path, error);
  } finally {
    await opened.handle.close();
  }
}

/** SHA-256 (hex) and size of a segment's unpacked bytes; throws as `readSegment` does. */
export async function hashSegment(
  segment: LedgerSegment,
  folders: ExportFolders,
  { signal, onBytes }: { readonly signal?: AbortSignal; readonly onBytes?: (count: number) => void } = {},
): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const bytes of readSegment(segment, folders, signal ? { signal } : {})) {
    hash.update(bytes);
    sizeBytes += bytes.length;
    onBytes?.(bytes.length);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

async function openSegment(
  segment: LedgerSegment,
  folders: ExportFolders,
): Promise<SegmentPlace & { readonly handle: FileHandle }> {
  for (const place of placesOfSegment(segment, folders)) {
    try {
      return { ...place, handle: await openFile(place.path) };
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw storageError('read an archived segment', place.path, error);
    }
  }
  throw new StorageError(`A segment is missing from the archive: ${segment.name}.`, {
    code: 'ENOENT',
    mend: `Bring it back from a backup into ${path.join(folders.exportsArchive, segment.manifest.sessionId)}.`,
  });
}

/** Opens a plain file; a link or anything else in its place is refused. */
async function openFile(file: string): Promise<FileHandle> {
  // Without O_NONBLOCK a pipe in a file's place would hold us up for ever.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(file, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new StorageError(`Something that is no file has the name of a segment (${file}).`, {
    code: 'EISDIR',
    mend: 'Move it away.',
  });
}

async function* readPlain(handle: FileHandle): AsyncGenerator<Buffer, void, undefined> {
  for (let position = 0; ;) {
    // A new one each time: who reads may hold on to it.
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* unpack(packed: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer, void, undefined> {
  const unpacker = createBrotliDecompress({ chunkSize: chunkBytes });
  const feeding = pipeline(packed, unpacker);
  // Met below, after the last piece; until then it isn't unhandled.
  feeding.catch(() => undefined);
  try {
    yield* unpacker as Readable as AsyncIterable<Buffer>;
    await feeding;
  } catch (error) {
    const isDamage = /^(?:ERR__|ERR_BROTLI|Z_)/.test(errorCode(error) ?? '');
    if (!isDamage) throw error;
    throw damaged(`A compressed segment can't be unpacked (${file}).`, error);
  } finally {
    unpacker.destroy();
  }
}

function damaged(message: string, cause?: unknown): StorageError {
  return new StorageError(message, { code: 'DAMAGED', mend: 'Bring the file back from a backup.', cause });
}
