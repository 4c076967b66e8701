import { createHash } from 'node:crypto';
import { constants as fileConstants } from 'node:fs';
import { lstat, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { linkFile, type MoveCalls } from '../export/move-file.js';
import { moveAside } from '../export/move-aside.js';
import { compressedNameOf } from '../export/segment-name.js';
import { errorCode, storageError, StorageError } from '../export/storage-error.js';
import { syncFolder } from '../export/sync-folder.js';
import { temporaryPathFor } from '../export/temporary-name.js';
import { writeAt } from '../export/write-at.js';
import { hashCompressedFile, openPlainFile, readPlain, type ProvenBytes } from './piece-bytes.js';

/** The steps of a compression in order; the fault tests stop the process before each of them. */
export type CompressStep =
  'compress' | 'flush-compressed' | 'read-back' | 'publish-compressed' | 'flush-compressed-name' | 'remove-plain';

/** A plain file of the archive, and what its manifest says of its bytes. */
export interface CompressRequest {
  readonly file: string;
  readonly expected: ProvenBytes;
  /** Folder for a compressed file of an earlier run that proves to be damaged. */
  readonly setAside: string;
  readonly signal?: AbortSignal | undefined;
  readonly moveCalls?: MoveCalls | undefined;
  /** Called before each step; what it throws stops there. */
  readonly atStep?: ((step: CompressStep) => Promise<void> | void) | undefined;
}

/** Five is twice as quick as gzip's usual level and a third smaller on transcripts; the window holds 4 MB. */
const brotliParameters = {
  [constants.BROTLI_PARAM_QUALITY]: 5,
  [constants.BROTLI_PARAM_LGWIN]: 22,
};

/**
 * Puts a brotli file in the place of a plain one. The plain one goes last, once the compressed one is flushed, has been
 * read back to the very same bytes and has its name: killed at any moment, the bytes are whole under one of the two.
 * Streams through zlib's own threads. Answers how large it is now; null where the plain file was gone. Throws a
 * `StorageError`, `DAMAGED` where the plain bytes aren't those of the manifest, and leaves what was there.
 */
export async function compressPiece(request: CompressRequest): Promise<number | null> {
  const { file, expected, atStep } = request;
  const target = compressedNameOf(file);
  const temporary = temporaryPathFor(target);
  try {
    await atStep?.('compress');
    if (!(await packInto(temporary, request))) return null;
    await atStep?.('read-back');
    if (!isSame(await hashCompressedFile(temporary), expected)) throw unreliableDisk(temporary);
    await atStep?.('publish-compressed');
    await publish(temporary, target, request);
    await atStep?.('flush-compressed-name');
    await syncFolder(path.dirname(target));
    await atStep?.('remove-plain');
    await rm(file);
    await syncFolder(path.dirname(file));
    return (await lstat(target)).size;
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    throw storageError('compress a file of the archive', file, error);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Writes the compressed bytes and flushes them; false where the plain file is gone. */
async function packInto(temporary: string, { file, expected, signal, atStep }: CompressRequest): Promise<boolean> {
  const source = await openPlainFile(file).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (!source) return false;
  try {
    const { O_CREAT, O_EXCL, O_WRONLY } = fileConstants;
    const sink = await open(temporary, O_CREAT | O_EXCL | O_WRONLY, 0o600);
    try {
      const hash = createHash('sha256');
      let sizeBytes = 0;
      async function* prove(plain: AsyncIterable<Buffer>) {
        for await (const bytes of plain) {
          hash.update(bytes);
          sizeBytes += bytes.length;
          yield bytes;
        }
      }
      const packer = createBrotliCompress({ params: brotliParameters });
      const write = (packed: AsyncIterable<Buffer>) => writeAll(sink, packed);
      await pipeline(readPlain(source), prove, packer, write, signal ? { signal } : {});
      if (!isSame({ sha256: hash.digest('hex'), sizeBytes }, expected)) throw damagedPlain(file);
      await atStep?.('flush-compressed');
      await sink.sync();
    } finally {
      await sink.close();
    }
  } finally {
    await source.close();
  }
  return true;
}

async function writeAll(sink: FileHandle, packed: AsyncIterable<Buffer>): Promise<void> {
  let position = 0;
  for await (const bytes of packed) {
    await writeAt(sink, bytes, position);
    position += bytes.length;
  }
}

/** Gives the compressed file its name. One of an earlier run that has it is kept if it is right, else set aside. */
async function publish(temporary: string, target: string, request: CompressRequest): Promise<void> {
  if ((await linkFile(temporary, target, request.moveCalls)) === 'done') return;
  const standing = await hashCompressedFile(target).catch((error: unknown) => {
    if (error instanceof StorageError && error.code === 'DAMAGED') return null;
    throw error;
  });
  if (standing && isSame(standing, request.expected)) return;
  await moveAside(target, request.setAside);
  if ((await linkFile(temporary, target, request.moveCalls)) === 'taken') {
    throw Object.assign(new Error(`The name is taken: ${target}`), { code: 'EEXIST' });
  }
}

function isSame(one: ProvenBytes, other: ProvenBytes): boolean {
  return one.sha256 === other.sha256 && one.sizeBytes === other.sizeBytes;
}

function damagedPlain(file: string): StorageError {
  return new StorageError(`A file of the archive does not hold what its manifest says (${file}).`, {
    code: 'DAMAGED',
    mend: 'Run --verify, and bring the file back from a backup.',
  });
}

function unreliableDisk(file: string): StorageError {
  return new StorageError(`What was written was not what could be read back (${file}).`, {
    code: 'EIO',
    mend: 'Check the disk: it does not keep what is written to it.',
  });
}
