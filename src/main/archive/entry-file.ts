import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { StorageError } from '../export/storage-error.js';
import { cutByteLines } from './entry-lines.js';
import { readTranscriptBytes, type TranscriptLine } from './transcript-entry.js';

/** Takes a line and its place in the file's bytes; the line end is not counted. */
export type OnTranscriptLine = (line: TranscriptLine, offset: number, length: number) => void;

/** What a file was found to be. */
export interface ReadFile {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Lines that are no JSON object, or longer than 256 MB: passed over. */
  readonly badLines: number;
}

/** Takes bytes in pieces of any size. */
export interface EntryReader {
  readonly push: (bytes: Buffer) => void;
  readonly end: () => ReadFile;
}

const chunkBytes = 1024 * 1024;

/** Hashes bytes and reads their lines; with null they are only hashed. */
export function makeEntryReader(onLine: OnTranscriptLine | null): EntryReader {
  const hash = createHash('sha256');
  let badLines = 0;
  let sizeBytes = 0;
  const lines =
    onLine === null
      ? null
      : cutByteLines((bytes, offset, length) => {
          const line = bytes === null ? null : readTranscriptBytes(bytes);
          if (line === null) badLines += 1;
          else onLine(line, offset, length);
        });
  return {
    push(bytes) {
      hash.update(bytes);
      lines?.push(bytes);
      sizeBytes += bytes.length;
    },
    end() {
      lines?.end();
      return { sha256: hash.digest('hex'), sizeBytes, badLines };
    },
  };
}

/**
 * Reads a file from end to end in pieces of 1 MB. The lines of a `.txt` file, or any where `onLine` is null, are not
 * looked at. Blocks: for a worker thread. Throws for a link or a folder in the file's place, and for a file that is
 * being written.
 */
export function readEntryFile(path: string, onLine: OnTranscriptLine | null): ReadFile {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const before = fstatSync(descriptor);
    if (!before.isFile()) throw new TypeError(`Not a file: ${path}`);
    const reader = makeEntryReader(path.endsWith('.txt') ? null : onLine);
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (let position = 0; ;) {
      const bytesRead = readSync(descriptor, chunk, 0, chunkBytes, position);
      if (bytesRead === 0) break;
      reader.push(chunk.subarray(0, bytesRead));
      position += bytesRead;
    }
    const read = reader.end();
    const after = fstatSync(descriptor);
    if (after.mtimeMs !== before.mtimeMs || after.size !== read.sizeBytes) throw changingFile(path);
    return read;
  } finally {
    closeSync(descriptor);
  }
}

/** The error for a file that another program writes to while it is worked on. */
export function changingFile(path: string): StorageError {
  return new StorageError(`A file changed while it was processed (${path}).`, {
    code: 'FILE_CHANGING',
    mend: 'It is tried again once its writer has ended.',
  });
}
