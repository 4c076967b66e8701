import type { FileHandle } from 'node:fs/promises';

/** Reads `length` bytes from `start`; null where the file ends before. */
export async function readExactly(
  file: Pick<FileHandle, 'read'>,
  start: number,
  length: number,
): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, start + read);
    if (bytesRead === 0) return null;
    read += bytesRead;
  }
  return bytes;
}
