import path from 'node:path';
import type { ExportFolders, LedgerSegment } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { parseSegmentName } from '../export/segment-name.js';
import { readArchive } from './archived-session.js';
import type { EntryDatabase } from './entry-database.js';
import { isTranscript, sidecarFacts, type PieceFacts } from './piece-facts.js';
import type { PieceSource, ReadPieces } from './piece-reader.js';
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
  readonly source: PieceSource;
}

/** Gives the database for one transaction. */
type Slice = <Result>(work: (database: EntryDatabase) => Promise<Result> | Result) => Promise<Result>;

/** So much is committed at once: few and large transactions are quick, and others wait for none of them for long. */
const sliceBytes = 32 * 1024 * 1024;
const slicePieces = 500;
const mostRounds = 5;

/**
 * Reads into the index what is archived and doesn't stand there, and takes out sessions that are archived no longer; all
 * of it anew where `fromScratch` is set. Reads the archive
 * alone, never the sessions' files. `slice` gives the database for one transaction at a time, so that others get their
 * turn between two. What can't be read is left out and told. Throws where the index or the archive's folders can't be used.
 */
export async function indexArchive(options: {
  readonly folders: ExportFolders;
  readonly fromScratch: boolean;
  readonly slice: Slice;
  readonly read: ReadPieces;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: IndexProgress) => void;
}): Promise<IndexedArchive> {
  const { folders, fromScratch, slice, read, signal, onProgress } = options;
  const failed = new Map<string, { readonly message: string; readonly mend: string }>();
  let [pieces, messages, bytes] = [0, 0, 0];

  /** Reads these pieces, several in a transaction. Ends early where another process or a fault has changed the index. */
  async function readAll(missing: readonly ArchivedPiece[]): Promise<void> {
    const sources = missing.map(({ source }) => source);
    const events = read(sources, signal)[Symbol.asyncIterator]();
    let at = 0;
    let isSound = true;

    async function readOne(piece: ArchivedPiece, database: EntryDatabase): Promise<'read' | 'over'> {
      const writer = database.beginPiece(piece.facts);
      for (;;) {
        const { value: event } = await events.next();
        switch (event?.kind) {
          case 'entries':
            writer.add(event.batch);
            continue;
          case 'end':
            messages += writer.finish().newEntries;
            pieces += 1;
            bytes += event.sizeBytes;
            return 'read';
          case 'failed':
            writer.undo();
            failed.set(nameOf(piece.facts), { message: event.message, mend: event.mend });
            return 'read';
          default:
            writer.undo();
            return 'over';
        }
      }
    }

    async function readSlice(database: EntryDatabase, isChanged: boolean): Promise<'more' | 'over'> {
      if (!isSound || (isChanged && at > 0)) return 'over';
      isSound = false;
      const until = bytes + sliceBytes;
      for (let count = 0; count < slicePieces && bytes < until; count += 1) {
        const piece = missing[at];
        if (piece === undefined || (await readOne(piece, database)) === 'over') return 'over';
        at += 1;
      }
      isSound = true;
      return 'more';
    }

    try {
      onProgress({ done: 0, all: missing.length });
      while ((await slice((database) => database.together((isChanged) => readSlice(database, isChanged)))) === 'more') {
        onProgress({ done: at, all: missing.length });
      }
      onProgress({ done: at, all: missing.length });
    } finally {
      await events.return?.();
    }
  }

  if (fromScratch) await slice((database) => database.empty());
  for (let round = 0; round < mostRounds && !signal.aborted; round += 1) {
    // Listed again after each round: more may have been archived meanwhile.
    const listed = await listPieces(folders, signal);
    if (signal.aborted) break;
    await forgetGone(folders, slice);
    const missing = await slice((database) =>
      listed.filter(({ facts }) => !failed.has(nameOf(facts)) && !database.hasPiece(facts)),
    );
    if (missing.length === 0) {
      await slice((database) => database.markComplete());
      break;
    }
    await readAll(missing);
  }
  return { pieces, messages, bytes, failed: [...failed.values()], isCancelled: signal.aborted };
}

/** Takes out the sessions whose folder has left the archive by another hand than ours. */
async function forgetGone({ exportsArchive }: ExportFolders, slice: Slice): Promise<void> {
  const indexed = await slice((database) => database.folders());
  const present = new Set(await folderNames(exportsArchive));
  const gone = indexed.filter((folder) => !present.has(folder));
  for (const folder of gone) await slice((database) => database.forgetSession(folder));
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
    source: { kind: 'stored', piece },
  }));
}

function loosePiece(folder: string, name: string): ArchivedPiece {
  return {
    facts: { sessionId: null, project: '', generation: 0, folder: '', segment: name, sidecar: '', agentId: null },
    source: { kind: 'loose', path: path.join(folder, name) },
  };
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
