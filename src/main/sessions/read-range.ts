import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

const chunkBytes = 256 * 1024;

// Windows has neither of the last two.
const flags = constants as { readonly O_NOFOLLOW?: number; readonly O_NONBLOCK?: number };

/** How a transcript is opened: a link is refused (`ELOOP`), and a named pipe doesn't make us wait; the caller looks at what it got. */
export const readingFlags = constants.O_RDONLY | (flags.O_NOFOLLOW ?? 0) | (flags.O_NONBLOCK ?? 0);

/** Opens a transcript for reading. */
export function openForReading(path: string): Promise<FileHandle> {
  return open(path, readingFlags);
}

/**
 * Hands the bytes from `from` up to `to` to `onChunk` in pieces of at most 256 KB, with a turn of the event loop between
 * two. The buffer is used again for the next piece. Ends early where the file does, or when `onChunk` answers false.
 */
export async function readRange(
  handle: FileHandle,
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
