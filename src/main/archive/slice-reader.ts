import { nameOfPiece, type ArchivedPiece } from './archived-pieces.js';
import type { EntryDatabase } from './entry-database.js';
import type { PieceEvent } from './piece-reader.js';

/** What was read in one transaction. */
interface ReadSlice {
  readonly pieces: number;
  readonly messages: number;
  readonly bytes: number;
  /** All is read, or no more can be. */
  readonly isOver: boolean;
}

/** Reads pieces slice by slice, each for one transaction. */
export interface SliceReader {
  /** Reads the next slice; throws `SpoiledSlice` where its transaction has to be undone as a whole. */
  readonly next: (database: EntryDatabase, isChanged: boolean) => Promise<ReadSlice>;
  /** To be called once the transaction of the last slice is committed. */
  readonly commit: () => void;
  /** How many pieces are committed, those that failed with them. */
  readonly done: () => number;
}

/** A piece can't be read to its end, and what it has brought already stands among the entries of the others. */
export class SpoiledSlice extends Error {}

/** So much is committed at once: few and large transactions are quick, and others wait for none of them for long. */
const sliceBytes = 32 * 1024 * 1024;
const slicePieces = 500;

/**
 * Reads the pieces whose events these are, in their order. Where `isCareful` is set, one that fails is undone by itself; that
 * costs time with every piece, as SQLite writes out all that it has gathered. Is over early where another process or a
 * fault has changed the index. `onFailure` hears of each piece that can't be read, also in a slice that is then undone.
 */
export function makeSliceReader(options: {
  readonly pieces: readonly ArchivedPiece[];
  readonly events: AsyncIterator<PieceEvent>;
  readonly isCareful: boolean;
  readonly onFailure: (name: string, failure: { readonly message: string; readonly mend: string }) => void;
}): SliceReader {
  const { pieces, events, isCareful, onFailure } = options;
  let [done, at] = [0, 0];
  let isSound = true;

  async function readPiece(piece: ArchivedPiece, database: EntryDatabase) {
    const writer = database.beginPiece(piece.facts, { isCareful });
    for (;;) {
      const { value: event } = await events.next();
      switch (event?.kind) {
        case 'entries':
          writer.add(event.batch);
          continue;
        case 'end':
          return { pieces: 1, messages: writer.finish().newEntries, bytes: event.sizeBytes, isOver: false };
        case 'failed':
          onFailure(nameOfPiece(piece.facts), { message: event.message, mend: event.mend });
          if (!writer.undo()) throw new SpoiledSlice();
          return { ...nothing, isOver: false };
        default:
          if (!writer.undo()) throw new SpoiledSlice();
          return nothing;
      }
    }
  }

  return {
    async next(database, isChanged) {
      if (!isSound || (isChanged && done > 0)) return nothing;
      isSound = false;
      let slice = { ...nothing, isOver: false };
      for (let count = 0; count < slicePieces && slice.bytes < sliceBytes && !slice.isOver; count += 1) {
        const piece = pieces[at];
        const read = piece === undefined ? nothing : await readPiece(piece, database);
        if (!read.isOver) at += 1;
        slice = {
          pieces: slice.pieces + read.pieces,
          messages: slice.messages + read.messages,
          bytes: slice.bytes + read.bytes,
          isOver: read.isOver,
        };
      }
      isSound = true;
      return slice;
    },
    commit() {
      done = at;
    },
    done: () => done,
  };
}

const nothing: ReadSlice = { pieces: 0, messages: 0, bytes: 0, isOver: true };
