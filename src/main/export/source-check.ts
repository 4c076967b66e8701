import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { ExportLedger, LedgerSegment } from './export-ledger.js';
import { tailBytes } from './segment-manifest.js';
import { readExactly } from './read-exactly.js';

/** Where the next segment of a session begins. */
export interface SourceCheck {
  /** `new-generation` where the source was cut, rewritten or replaced since the last export. */
  readonly kind: 'continues' | 'new-generation';
  /** Byte offset in the source, a line start. */
  readonly start: number;
  readonly generation: number;
  /** The segment that the generation continues; null where it starts at byte 0. */
  readonly baseSegment: string | null;
  /** Chain of the segment before; the empty text at byte 0. */
  readonly chain: string;
  /** The segments before, oldest first. */
  readonly segments: readonly LedgerSegment[];
  /** The source's bytes before `start`: at least the last 32 KB, where there are so many. */
  readonly before: Buffer;
}

/**
 * Compares the source with what is exported of it. It continues the last segment when it has the same inode, is no
 * shorter and has the same last 32 KB before the offset, which are all that is read then. Otherwise the segments are
 * compared one by one from the first, and a generation begins after the last one that still matches.
 */
export async function checkSource(ledger: ExportLedger, source: FileHandle): Promise<SourceCheck> {
  const { ino, size } = await source.stat({ bigint: true });
  const last = ledger.segments.at(-1);
  if (!last)
    return { kind: 'continues', start: 0, generation: 0, baseSegment: null, chain: '', segments: [], before: empty };
  const { manifest } = last;
  if (manifest.sourceInode === String(ino) && size >= ledger.exportedBytes) {
    // Earlier versions compared more.
    const compared = Math.max(tailBytes, manifest.tail.bytes);
    const before = await bytesBefore(source, ledger.exportedBytes, compared);
    if (before && sha256(before.subarray(-manifest.tail.bytes)) === manifest.tail.sha256) {
      const { generation, baseSegment, chain } = manifest;
      return {
        kind: 'continues',
        start: ledger.exportedBytes,
        generation,
        baseSegment,
        chain,
        segments: ledger.segments,
        before,
      };
    }
  }
  return startGeneration(ledger, source);
}

async function startGeneration(ledger: ExportLedger, source: FileHandle): Promise<SourceCheck> {
  const segments: LedgerSegment[] = [];
  for (const segment of ledger.segments) {
    const { start, end } = segment.manifest.range;
    const continues = start === (segments.at(-1)?.manifest.range.end ?? 0);
    if (!continues || (await hashOfRange(source, start, end)) !== segment.manifest.sha256) break;
    segments.push(segment);
  }
  const base = segments.at(-1);
  const start = base?.manifest.range.end ?? 0;
  return {
    kind: 'new-generation',
    start,
    generation: ledger.generation + 1,
    baseSegment: base?.name ?? null,
    chain: base?.manifest.chain ?? '',
    segments,
    before: (await bytesBefore(source, start)) ?? empty,
  };
}

/** SHA-256 of a stretch of a file as hex; null where the file is shorter. Never holds more than 1 MB. */
export async function hashOfRange(
  source: Pick<FileHandle, 'read'>,
  start: number,
  end: number,
): Promise<string | null> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(Math.min(1024 * 1024, end - start));
  for (let position = start; position < end;) {
    const { bytesRead } = await source.read(chunk, 0, Math.min(chunk.length, end - position), position);
    if (bytesRead === 0) return null;
    hash.update(chunk.subarray(0, bytesRead));
    position += bytesRead;
  }
  return hash.digest('hex');
}

/** The last bytes before an offset, at most 32 KB if not told otherwise; null where the file is shorter. */
export function bytesBefore(source: FileHandle, offset: number, most = tailBytes): Promise<Buffer | null> {
  const length = Math.min(most, offset);
  return readExactly(source, offset - length, length);
}

/** SHA-256 as hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const empty = Buffer.alloc(0);
