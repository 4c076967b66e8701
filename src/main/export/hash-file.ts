import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** SHA-256 (hex) of a file, its size, and whether its last byte is a line end. Streams; a link is refused. */
export async function hashFile(
  file: string,
  onBytes: (bytes: Buffer) => void = () => undefined,
): Promise<{ readonly sha256: string; readonly sizeBytes: number; readonly endsAtLineEnd: boolean }> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(1024 * 1024);
    let sizeBytes = 0;
    let lastByte = 0;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, sizeBytes);
      if (bytesRead === 0) break;
      const bytes = chunk.subarray(0, bytesRead);
      hash.update(bytes);
      onBytes(bytes);
      sizeBytes += bytesRead;
      lastByte = bytes.at(-1) ?? lastByte;
    }
    return { sha256: hash.digest('hex'), sizeBytes, endsAtLineEnd: lastByte === 10 };
  } finally {
    await handle.close();
  }
}
