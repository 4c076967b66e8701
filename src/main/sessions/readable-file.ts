import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';

/** An open transcript; Node's `FileHandle` is one. Answers come at once where waiting for the disk is cheaper than giving way. */
export interface ReadableFile {
  readonly stat: () => Promise<Stats> | Stats;
  readonly read: (buffer: Buffer, offset: number, length: number, position: number) => Promise<BytesRead> | BytesRead;
  readonly close: () => Promise<void> | void;
}

interface BytesRead {
  readonly bytesRead: number;
}

// Windows has neither of the last two.
const flags = constants as { readonly O_NOFOLLOW?: number; readonly O_NONBLOCK?: number };

/** How a transcript is opened: a link is refused (`ELOOP`), and a named pipe doesn't make us wait; the caller looks at what it got. */
export const readingFlags = constants.O_RDONLY | (flags.O_NOFOLLOW ?? 0) | (flags.O_NONBLOCK ?? 0);

/** After so many bytes everything else gets its turn. */
const bytesInTurn = 256 * 1024;

/** Opens a transcript for reading through the threads that Node has for it. */
export function openForReading(path: string): Promise<ReadableFile> {
  return open(path, readingFlags);
}

/**
 * Opens a transcript on a disk that is local and quick, and reads it in this thread: for the few bytes that a session
 * has grown by, a tenth of the cost. Each 256 KB it gives way. Throws where `openForReading` rejects.
 */
export function openQuickly(path: string): ReadableFile {
  const descriptor = openSync(path, readingFlags);
  let bytesLeft = bytesInTurn;
  return {
    stat: () => fstatSync(descriptor),
    read(buffer, offset, length, position) {
      const bytesRead = readSync(descriptor, buffer, offset, length, position);
      bytesLeft -= bytesRead;
      if (bytesLeft > 0) return { bytesRead };
      bytesLeft = bytesInTurn;
      return new Promise((resolve) => setImmediate(() => resolve({ bytesRead })));
    },
    close: () => closeSync(descriptor),
  };
}
