import type { ReadableFile } from './readable-file.js';

const chunkBytes = 256 * 1024;

/**
 * Hands the bytes from `from` up to `to` to `onChunk` in pieces of at most 256 KB, with a turn of the event loop between
 * two. The buffer is used again for the next piece. Ends early where the file does, or when `onChunk` answers false.
 */
export async function readRange(
  handle: ReadableFile,
  { from, to }: { readonly from: number; readonly to: number },
  onChunk: (chunk: Buffer) => boolean,
): Promise<void> {
  if (to <= from) return;
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, to - from));
  for (let position = from; position < to;) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, to - position), position);
    if (bytesRead === 0 || !onChunk(buffer.subarray(0, bytesRead))) return;
    position += bytesRead;
  }
}
