import type { ExportFolders } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { listPieces, nameOfPiece, type ArchivedPiece } from './archived-pieces.js';
import type { EntryDatabase } from './entry-database.js';
import type { ReadPieces } from './piece-reader.js';
import { makeSliceReader, SpoiledSlice, type SliceReader } from './slice-reader.js';

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

/** Gives the database for one transaction. */
type Slice = <Result>(work: (database: EntryDatabase) => Promise<Result> | Result) => Promise<Result>;

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
    let left = missing;
    let isCareful = false;
    for (;;) {
      const events = read(
        left.map(({ source }) => source),
        signal,
      )[Symbol.asyncIterator]();
      const onFailure = failed.set.bind(failed);
      const reading = makeSliceReader({ pieces: left, events, isCareful, onFailure });
      try {
        await commitSlices(reading, missing.length - left.length, missing.length);
        return;
      } catch (error) {
        if (!(error instanceof SpoiledSlice)) throw error;
        // Its entries went away with those of the pieces before it: those are read again, from now on piece by piece.
        left = left.slice(reading.done()).filter(({ facts }) => !failed.has(nameOfPiece(facts)));
        isCareful = true;
      } finally {
        await events.return?.();
      }
      if (signal.aborted) return;
    }
  }

  async function commitSlices(reading: SliceReader, before: number, all: number): Promise<void> {
    onProgress({ done: before + reading.done(), all });
    for (let isOver = false; !isOver;) {
      const gained = await slice((database) => database.together((isChanged) => reading.next(database, isChanged)));
      reading.commit();
      pieces += gained.pieces;
      messages += gained.messages;
      bytes += gained.bytes;
      ({ isOver } = gained);
      onProgress({ done: before + reading.done(), all });
    }
  }

  if (fromScratch) await slice((database) => database.empty());
  for (let round = 0; round < mostRounds && !signal.aborted; round += 1) {
    // Listed again after each round: more may have been archived meanwhile.
    const listed = await listPieces(folders, signal);
    if (signal.aborted) break;
    await forgetGone(folders, slice);
    const missing = await slice((database) =>
      listed.filter(({ facts }) => !failed.has(nameOfPiece(facts)) && !database.hasPiece(facts)),
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
