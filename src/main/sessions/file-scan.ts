import { readSync } from 'node:fs';
import type { ReadableFile } from './readable-file.js';

/** A stretch of a file in bytes, `to` excluded. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Asks for stretches of a file one after the other, gets the bytes of each, and hands back what they say. Fewer bytes than asked for: the file has become shorter. */
export type FileScan<Result> = Generator<ByteRange, Result, Buffer>;

/** Runs a scan over an open file, with a turn of the event loop at each stretch. `onBytes` hears of what was read. */
export async function runScan<Result>(
  handle: ReadableFile,
  scan: FileScan<Result>,
  onBytes: (bytes: number) => void,
): Promise<Result> {
  let step = scan.next();
  while (step.done !== true) {
    const { from, to } = step.value;
    const buffer = Buffer.allocUnsafe(to - from);
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    onBytes(filled);
    step = scan.next(buffer.subarray(0, filled));
  }
  return step.value;
}

/**
 * Runs a scan over an open file descriptor without giving way: for a command that does nothing else, at a quarter of the
 * cost. Stretches are read into `scratch` one behind the other as far as they fit; what the scan hands back must not hold
 * its bytes.
 */
export function runScanNow<Result>(descriptor: number, scan: FileScan<Result>, scratch: Buffer): Result {
  let step = scan.next();
  let used = 0;
  while (step.done !== true) {
    const { from, to } = step.value;
    const end = used + to - from;
    const buffer = end <= scratch.length ? scratch.subarray(used, end) : Buffer.allocUnsafe(to - from);
    if (end <= scratch.length) used = end;
    let filled = 0;
    while (filled < buffer.length) {
      const bytesRead = readSync(descriptor, buffer, filled, buffer.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    step = scan.next(buffer.subarray(0, filled));
  }
  return step.value;
}
