import { open } from 'node:fs/promises';
import { isGone } from '../sessions/session-file.js';
import { readingFlags } from '../sessions/readable-file.js';
import type { ExportLedger } from './export-ledger.js';
import { countLines } from './line-counts.js';
import { checkSource } from './source-check.js';

const chunkBytes = 64 * 1024;

/**
 * How many bytes of a session file no export holds; 0 where there is nothing new among them (null ledger: nothing of it
 * is exported), or where the file is gone. Reads on from what is exported, and only as far as the first message.
 */
export async function unexportedBytes(filePath: string, ledger: ExportLedger | null): Promise<number> {
  const file = await open(filePath, readingFlags).catch((error: unknown) => {
    if (isGone(error)) return null;
    throw error;
  });
  if (!file) return 0;
  try {
    const facts = await file.stat();
    if (!facts.isFile()) return 0;
    const start = ledger ? (await checkSource(ledger, file)).start : 0;
    const lines = countLines();
    const chunk = Buffer.allocUnsafe(Math.max(0, Math.min(chunkBytes, facts.size - start)));
    for (let position = start; position < facts.size;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0) break;
      lines.push(chunk.subarray(0, bytesRead));
      if (lines.counts().somethingNew) return facts.size - start;
      position += bytesRead;
    }
    return 0;
  } finally {
    await file.close();
  }
}
