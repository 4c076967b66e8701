import path from 'node:path';
import type { ExportFolders, LedgerSegment } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { parseSegmentName } from '../export/segment-name.js';
import { errorCode, StorageError } from '../export/storage-error.js';
import { readArchive } from './archived-session.js';
import type { EntryDatabase, StreamedPiece } from './entry-database.js';
import { openPlainFile, readPiece, readPlain } from './piece-bytes.js';
import { isTranscript, sidecarFacts, type PieceFacts } from './piece-facts.js';
import { segmentPiece, sidecarPiecesOf } from './stored-piece.js';

/** How far the index is built: pieces of the archive, those that are read and all that are to be read. */
export interface IndexProgress {
  readonly done: number;
  readonly all: number;
}

/** What came of building the index from the archive. */
export interface IndexedArchive {
  /** Read now; what stood in the index already was not. */
  readonly pieces: number;
  readonly messages: number;
  readonly bytes: number;
  /** What could not be read, and is left out. */
  readonly failed: readonly { readonly message: string; readonly mend: string }[];
  /** It was ended early: the rest is read the next time. */
  readonly isCancelled: boolean;
}

/** A piece of the archive that may not stand in the index yet. */
interface ArchivedPiece {
  readonly facts: PieceFacts;
  readonly sizeBytes: number;
  readonly open: (signal: AbortSignal) => AsyncIterable<Buffer>;
  readonly expectedSha256: string | null;
}

/** So much is committed at once: few and large transactions are quick, and others wait for none of them for long. */
const sliceBytes = 32 * 1024 * 1024;
const slicePieces = 500;
const mostRounds = 5;

/**
 * Reads into the index what is archived and doesn't stand there; all of it anew where `fromScratch` is set. Reads the archive
 * alone, never the sessions' files. `slice` gives the database for one transaction at a time, so that others get their
 * turn between two. What can't be read is left out and told. Throws where the index or the archive's folders can't be used.
 */
export async function indexArchive(options: {
  readonly folders: ExportFolders;
  readonly fromScratch: boolean;
  readonly slice: <Result>(work: (database: EntryDatabase) => Promise<Result> | Result) => Promise<Result>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: IndexProgress) => void;
}): Promise<IndexedArchive> {
  const { folders, fromScratch, slice, signal, onProgress } = options;
  const failed = new Map<string, { readonly message: string; readonly mend: string }>();
  let [pieces, messages, bytes] = [0, 0, 0];

  async function readSlice(batch: readonly ArchivedPiece[], database: EntryDatabase): Promise<void> {
    for (const piece of batch) {
      if (signal.aborted) return;
      try {
        const streamed: StreamedPiece = { ...piece, bytes: piece.open(signal) };
        messages += await database.addPiece(streamed);
        pieces += 1;
        bytes += piece.sizeBytes;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof StorageError)) throw error;
        failed.set(nameOf(piece.facts), { message: error.message, mend: error.mend });
      }
    }
  }

  if (fromScratch) await slice((database) => database.empty());
  for (let round = 0; round < mostRounds && !signal.aborted; round += 1) {
    // Listed again after each round: more may have been archived meanwhile.
    const listed = await listPieces(folders, signal);
    if (signal.aborted) break;
    const missing = await slice((database) =>
      listed.filter(({ facts }) => !failed.has(nameOf(facts)) && !database.hasPiece(facts)),
    );
    if (missing.length === 0) {
      if (!signal.aborted) await slice((database) => database.markComplete());
      break;
    }
    let done = 0;
    for (const batch of batchesOf(missing)) {
      onProgress({ done, all: missing.length });
      if (signal.aborted) break;
      await slice((database) => database.together(() => readSlice(batch, database)));
      done += batch.length;
    }
    onProgress({ done, all: missing.length });
  }
  return { pieces, messages, bytes, failed: [...failed.values()], isCancelled: signal.aborted };
}

/** Everything that is archived, the oldest export first; no more of each than its name and what its manifest says. */
async function listPieces(folders: ExportFolders, signal: AbortSignal): Promise<readonly ArchivedPiece[]> {
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
    sizeBytes: piece.sizeBytes,
    open: (signal) => readPiece(piece, { signal }),
    expectedSha256: piece.sha256,
  }));
}

function loosePiece(folder: string, name: string): ArchivedPiece {
  return {
    facts: { sessionId: null, project: '', generation: 0, folder: '', segment: name, sidecar: '', agentId: null },
    sizeBytes: 0,
    open: () => readLoose(path.join(folder, name)),
    expectedSha256: null,
  };
}

async function* readLoose(file: string): AsyncGenerator<Buffer, void, undefined> {
  let handle;
  try {
    handle = await openPlainFile(file);
  } catch (error) {
    throw error instanceof StorageError || errorCode(error) === null ? error : unreadable(file, error);
  }
  try {
    yield* readPlain(handle);
  } finally {
    await handle.close();
  }
}

function unreadable(file: string, cause: unknown): StorageError {
  const mend = 'Give your user read access to it, or move it away.';
  return new StorageError(`An archived file can't be read (${file}).`, {
    code: errorCode(cause) ?? 'UNKNOWN',
    mend,
    cause,
  });
}

function* batchesOf(pieces: readonly ArchivedPiece[]): Generator<readonly ArchivedPiece[], void, undefined> {
  let batch: ArchivedPiece[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    batch.push(piece);
    bytes += piece.sizeBytes;
    if (bytes < sliceBytes && batch.length < slicePieces) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

function nameOf({ folder, segment, sidecar }: PieceFacts): string {
  return `${folder}/${segment}/${sidecar}`;
}

function secondOf({ facts: { segment } }: ArchivedPiece): string {
  return parseSegmentName(segment)?.stamp ?? segment;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
