import path from 'node:path';
import type { ExportFolders, LedgerSegment } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { parseSegmentName } from '../export/segment-name.js';
import { readArchive } from './archived-session.js';
import { isTranscript, sidecarFacts, type PieceFacts } from './piece-facts.js';
import type { PieceSource } from './piece-reader.js';
import { segmentPiece, sidecarPiecesOf } from './stored-piece.js';

/** A piece of the archive that holds entries, and where it is read from. */
export interface ArchivedPiece {
  readonly facts: PieceFacts;
  readonly source: PieceSource;
}

/**
 * Lists everything that is archived, the oldest export first; no more of each than its name and what its manifest says.
 * Nothing once `signal` is aborted. Throws where the folders can't be read.
 */
export async function listPieces(folders: ExportFolders, signal: AbortSignal): Promise<readonly ArchivedPiece[]> {
  const pieces: ArchivedPiece[] = [];
  for await (const { sessionId, segments, superseded } of readArchive(folders)) {
    if (signal.aborted) return [];
    for (const segment of [...segments, ...superseded]) {
      // What is still pending is indexed on its way to the archive.
      if (path.basename(segment.folder) === sessionId) pieces.push(...piecesOf(segment, folders));
    }
  }
  for (const name of await folderNames(folders.exportsArchive)) {
    if (name.endsWith('.jsonl') && !name.startsWith('.')) pieces.push(loosePiece(folders.exportsArchive, name));
  }
  // By second: within one, the pieces of a session stay in their order.
  return pieces.toSorted((one, other) => compare(secondOf(one), secondOf(other)));
}

function piecesOf({ name, manifest }: LedgerSegment, folders: ExportFolders): readonly ArchivedPiece[] {
  const { sessionId, sourcePath, generation } = manifest;
  const facts: PieceFacts = {
    sessionId,
    project: path.basename(path.dirname(sourcePath)),
    generation,
    folder: sessionId,
    segment: name,
    sidecar: '',
    agentId: null,
  };
  const sidecars = sidecarPiecesOf({ name, manifest }, folders).filter(({ sidecarPath }) => isTranscript(sidecarPath));
  return [
    { facts, piece: segmentPiece({ name, manifest }, folders) },
    ...sidecars.map((piece) => ({ facts: sidecarFacts(facts, piece.sidecarPath), piece })),
  ].map(({ facts: told, piece }) => ({
    facts: told,
    source: { kind: 'stored', piece },
  }));
}

function loosePiece(folder: string, name: string): ArchivedPiece {
  return {
    facts: { sessionId: null, project: '', generation: 0, folder: '', segment: name, sidecar: '', agentId: null },
    source: { kind: 'loose', path: path.join(folder, name) },
  };
}

/** A name for a piece that no other has. */
export function nameOfPiece({ folder, segment, sidecar }: PieceFacts): string {
  return `${folder}/${segment}/${sidecar}`;
}

function secondOf({ facts: { segment } }: ArchivedPiece): string {
  return parseSegmentName(segment)?.stamp ?? segment;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
