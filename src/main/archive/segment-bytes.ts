import type { ExportFolders, LedgerSegment } from '../export/export-ledger.js';
import { hashPiece, readPiece, type ProvenBytes } from './piece-bytes.js';
import { segmentPiece } from './stored-piece.js';

/** Streams the unpacked bytes of a segment, pending, archived or compressed; see `readPiece`. */
export function readSegment(
  segment: LedgerSegment,
  folders: ExportFolders,
  options: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Buffer, void, undefined> {
  return readPiece(segmentPiece(segment, folders), options);
}

/** SHA-256 (hex) and size of a segment's unpacked bytes; throws as `readSegment` does. */
export function hashSegment(
  segment: LedgerSegment,
  folders: ExportFolders,
  options: { readonly signal?: AbortSignal; readonly onBytes?: (count: number) => void } = {},
): Promise<ProvenBytes> {
  return hashPiece(segmentPiece(segment, folders), options);
}
