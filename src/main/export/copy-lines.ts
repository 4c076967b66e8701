import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { countLines, type LineCounts } from './line-counts.js';
import { tailBytes } from './segment-manifest.js';

/** What was copied: whole lines, from the start asked for up to `end` (a byte offset in the source). */
export interface CopiedLines extends LineCounts {
  readonly end: number;
  /** Of the copied bytes, as hex. */
  readonly sha256: string;
  /** The source's bytes before `end`, at most 32 KB. */
  readonly tail: Buffer;
  /** The source ended before `size`: it was cut while being read. */
  readonly shrunk: boolean;
}

const chunkBytes = 256 * 1024;

/**
 * Streams the complete lines between `start` and `size` into a file, hashing and counting on the way: one pass, three
 * chunks of 256 KB in memory whatever the size of file and lines. `openTarget` is asked for the file once it is sure that
 * there is something new, or 256 KB went by; nothing is opened for a few bytes of nothing new. With `worth` `line` any
 * complete line is something new. `before` are the bytes that precede `start`.
 */
export async function copyLines({
  source,
  start,
  size,
  before,
  worth = 'message',
  openTarget,
}: {
  readonly source: Pick<FileHandle, 'read'>;
  readonly start: number;
  readonly size: number;
  readonly before: Buffer;
  readonly worth?: 'message' | 'line';
  readonly openTarget: () => Promise<FileHandle>;
}): Promise<CopiedLines> {
  const lines = countLines();
  const end = trackLineEnd(start, before);
  const writer = heldWriter(openTarget);
  // Three chunks, so that one is read and one written while the one between them is hashed.
  const chunks = [0, 1, 2].map(() => Buffer.allocUnsafe(Math.min(chunkBytes, size - start)));
  const read = (turn: number, from: number) =>
    source.read(chunks[turn % 3] as Buffer, 0, Math.min(chunkBytes, size - from), from);
  let position = start;
  let reading = position < size ? read(0, position) : null;
  let writing: Promise<void> = Promise.resolve();
  let shrunk = false;
  try {
    for (let turn = 0; reading; turn += 1) {
      const { bytesRead, buffer } = await reading;
      shrunk = bytesRead === 0;
      if (shrunk) break;
      position += bytesRead;
      reading = position < size ? read(turn + 1, position) : null;
      // What the two throw is met at the next await; until then it isn't unhandled.
      reading?.catch(() => undefined);
      const bytes = buffer.subarray(0, bytesRead);
      lines.push(bytes);
      end.push(bytes);
      await writing;
      writing = writer.push(bytes, worth === 'line' ? end.isBeyondStart() : lines.counts().somethingNew);
      writing.catch(() => undefined);
    }
    await writing;
  } catch (error) {
    await Promise.allSettled([reading, writing]);
    throw error;
  }
  const result = end.result();
  await writer.cutAt(result.end - start);
  return { ...lines.counts(), ...result, shrunk };
}

/** Follows where the last complete line ends, with the hash and the last bytes up to there. */
function trackLineEnd(start: number, before: Buffer) {
  let position = start;
  let lineEnd = start;
  let hashAtLineEnd: Hash = createHash('sha256');
  let hashBeyond: Hash | null = null;
  let recent = before;
  let tail = before;
  return {
    push(bytes: Buffer): void {
      const cut = bytes.lastIndexOf(newline) + 1;
      const hash: Hash = hashBeyond ?? (cut > 0 ? hashAtLineEnd : hashAtLineEnd.copy());
      if (cut > 0) {
        hashAtLineEnd = hash.update(bytes.subarray(0, cut));
        lineEnd = position + cut;
        tail = lastBytes(recent, bytes.subarray(0, cut));
        hashBeyond = cut < bytes.length ? hashAtLineEnd.copy().update(bytes.subarray(cut)) : null;
      } else {
        hashBeyond = hash.update(bytes);
      }
      recent = lastBytes(recent, bytes);
      position += bytes.length;
    },
    isBeyondStart: () => lineEnd > start,
    result: () => ({ end: lineEnd, sha256: hashAtLineEnd.digest('hex'), tail }),
  };
}

function lastBytes(older: Buffer, newer: Buffer): Buffer {
  if (newer.length >= tailBytes) return Buffer.from(newer.subarray(-tailBytes));
  return Buffer.concat([older.subarray(-(tailBytes - newer.length)), newer]);
}

/** Holds what comes back until it is known to be worth a file. */
function heldWriter(openTarget: () => Promise<FileHandle>) {
  const held: Buffer[] = [];
  let heldBytes = 0;
  let target: FileHandle | null = null;
  let written = 0;
  async function write(bytes: Buffer, file: FileHandle): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, written);
      done += bytesWritten;
      written += bytesWritten;
    }
  }
  return {
    async push(bytes: Buffer, wanted: boolean): Promise<void> {
      if (!target && !wanted && heldBytes + bytes.length <= chunkBytes) {
        held.push(Buffer.from(bytes));
        heldBytes += bytes.length;
        return;
      }
      target ??= await openTarget();
      for (const earlier of held.splice(0)) await write(earlier, target);
      await write(bytes, target);
    },
    async cutAt(length: number): Promise<void> {
      if (target && written > length) await target.truncate(length);
    },
  };
}

const newline = 10;
