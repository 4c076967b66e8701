import path from 'node:path';
import type { ExportFolders, LedgerSegment } from '../export/export-ledger.js';
import { compressedNameOf, sidecarsNameOf } from '../export/segment-name.js';

/** A place where bytes may lie, plain or compressed. */
export interface PiecePlace {
  readonly path: string;
  readonly compressed: boolean;
}

/** Bytes that a manifest vouches for: those of a segment, or a piece of a sidecar. */
export interface StoredPiece {
  /** What people are told: the segment's name, with the piece's behind it. */
  readonly name: string;
  /**
   * In the order in which the bytes go through them: pending, archived, compressed. Who looks in this order misses
   * nothing that moves on meanwhile.
   */
  readonly places: readonly PiecePlace[];
  /** Of the unpacked bytes. */
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** A segment's own bytes. */
export function segmentPiece({ name, manifest }: LedgerSegment, folders: ExportFolders): StoredPiece {
  const { range, sha256, sessionId } = manifest;
  return { name, places: placesOf(name, sessionId, folders), sizeBytes: range.end - range.start, sha256 };
}

/** The pieces of sidecars that a segment brought, each with the sidecar's path as the manifest has it. */
export function sidecarPiecesOf(
  { name, manifest }: LedgerSegment,
  folders: ExportFolders,
): readonly (StoredPiece & { readonly sidecarPath: string })[] {
  const folder = sidecarsNameOf(name);
  return (manifest.sidecars ?? []).map(({ path: sidecarPath, file, range, sha256 }) => ({
    name: `${folder}/${file}`,
    sidecarPath,
    places: placesOf(path.join(folder, file), manifest.sessionId, folders),
    sizeBytes: range.end - range.start,
    sha256,
  }));
}

function placesOf(relative: string, sessionId: string, folders: ExportFolders): readonly PiecePlace[] {
  const archived = path.join(folders.exportsArchive, sessionId, relative);
  return [
    { path: path.join(folders.exportsPending, relative), compressed: false },
    { path: archived, compressed: false },
    { path: compressedNameOf(archived), compressed: true },
  ];
}
