import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { copyLines } from './copy-lines.js';
import { readExactly } from './read-exactly.js';
import { chainOf } from './segment-manifest.js';
import type { SidecarEntry } from './sidecar-entry.js';
import type { SidecarPiece } from './sidecar-ledger.js';
import { hashOfRange, sha256 } from './source-check.js';

/** What was copied of a sidecar: an entry of the manifest but for its names. */
export type CopiedPiece = Pick<SidecarEntry, 'kind' | 'range' | 'sha256' | 'chain' | 'generation' | 'tail'>;

/** `changed`: it was cut or rewritten while it was read, so that what was copied counts for nothing. */
export type PieceOutcome =
  | { readonly kind: 'copied'; readonly piece: CopiedPiece }
  | { readonly kind: 'nothing-new' }
  | { readonly kind: 'changed' };

/** A sidecar to copy from and the file to copy into, which is only asked for when there is something to write. */
interface PieceRequest {
  readonly source: Pick<FileHandle, 'read' | 'stat'>;
  /** Of the source, before it is read. */
  readonly facts: SourceFacts;
  /** What is exported of it, oldest first. */
  readonly pieces: readonly SidecarPiece[];
  readonly openTarget: () => Promise<FileHandle>;
}

/** Of a source: what tells that it was changed. Node's `BigIntStats` are such facts. */
export interface SourceFacts {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

const tailBytes = 4 * 1024;
const chunkBytes = 256 * 1024;

/**
 * Copies the complete lines that no piece holds. A sidecar that was cut, rewritten or replaced is compared piece by piece
 * from the first, and what follows the last piece that still matches is copied as a new generation.
 */
export async function copyNewLines({ source, facts, pieces, openTarget }: PieceRequest): Promise<PieceOutcome> {
  const size = Number(facts.size);
  const from = await findStart(source, pieces, String(facts.ino), size);
  if (size <= from.start) return { kind: 'nothing-new' };
  const before = (await bytesBefore(source, from.start)) ?? Buffer.alloc(0);
  const copied = await copyLines({ source, start: from.start, size, before, worth: 'line', openTarget });
  const tail = copied.tail.subarray(-tailBytes);
  const now = await source.stat({ bigint: true });
  const isTouched = now.mtimeNs !== facts.mtimeNs;
  if (copied.shrunk || now.size < copied.end) return { kind: 'changed' };
  if (isTouched && (await bytesBefore(source, copied.end))?.equals(tail) !== true) return { kind: 'changed' };
  if (copied.end === from.start) return { kind: 'nothing-new' };
  const piece = {
    kind: 'lines',
    range: { start: from.start, end: copied.end },
    sha256: copied.sha256,
    chain: chainOf(from.chain, copied.sha256),
    generation: from.generation,
    tail: { bytes: tail.length, sha256: sha256(tail) },
  } as const;
  return { kind: 'copied', piece };
}

/** Copies a sidecar as a whole unless the newest piece has the same bytes. Streams. */
export async function copyWhole({ source, facts, pieces, openTarget }: PieceRequest): Promise<PieceOutcome> {
  const size = Number(facts.size);
  const newest = pieces.at(-1)?.entry;
  const mayBeSame = newest?.kind === 'whole' && newest.range.end === size;
  if (mayBeSame && (await hashOfRange(source, 0, size)) === newest.sha256) return { kind: 'nothing-new' };
  const target = await openTarget();
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, size));
  let tail: Buffer = Buffer.alloc(0);
  for (let position = 0; position < size;) {
    const { bytesRead } = await source.read(chunk, 0, Math.min(chunk.length, size - position), position);
    if (bytesRead === 0) return { kind: 'changed' };
    const bytes = chunk.subarray(0, bytesRead);
    hash.update(bytes);
    tail = Buffer.concat([tail, bytes.subarray(-tailBytes)]).subarray(-tailBytes);
    await target.writeFile(bytes);
    position += bytesRead;
  }
  const now = await source.stat({ bigint: true });
  if (now.size !== facts.size || now.mtimeNs !== facts.mtimeNs) return { kind: 'changed' };
  const digest = hash.digest('hex');
  const piece = {
    kind: 'whole',
    range: { start: 0, end: size },
    sha256: digest,
    chain: chainOf('', digest),
    generation: newest ? newest.generation + 1 : 0,
    tail: { bytes: tail.length, sha256: sha256(tail) },
  } as const;
  return { kind: 'copied', piece };
}

/** Where the next piece begins, what generation it is of, and the chain before it. */
async function findStart(
  source: Pick<FileHandle, 'read'>,
  pieces: readonly SidecarPiece[],
  inode: string,
  size: number,
): Promise<{ readonly start: number; readonly generation: number; readonly chain: string }> {
  const newest = pieces.at(-1)?.entry;
  if (!newest) return { start: 0, generation: 0, chain: '' };
  if (newest.source.inode === inode && size >= newest.range.end) {
    const tail = await readExactly(source, newest.range.end - newest.tail.bytes, newest.tail.bytes);
    if (tail && sha256(tail) === newest.tail.sha256) {
      return { start: newest.range.end, generation: newest.generation, chain: newest.chain };
    }
  }
  let [start, chain] = [0, ''];
  for (const { entry } of pieces) {
    if (entry.range.start !== start || entry.range.end > size) break;
    if ((await hashOfRange(source, entry.range.start, entry.range.end)) !== entry.sha256) break;
    ({ chain } = entry);
    start = entry.range.end;
  }
  return { start, generation: newest.generation + 1, chain };
}

function bytesBefore(source: Pick<FileHandle, 'read'>, offset: number): Promise<Buffer | null> {
  const length = Math.min(tailBytes, offset);
  return readExactly(source, offset - length, length);
}
