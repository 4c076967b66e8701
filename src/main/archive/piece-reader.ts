import { errorCode, StorageError } from '../export/storage-error.js';
import { makeBatcher, type EntryBatch } from './entry-batch.js';
import { makeEntryReader } from './entry-file.js';
import { openPlainFile, readPiece, readPlain } from './piece-bytes.js';
import type { StoredPiece } from './stored-piece.js';
import { makeTermScanner } from './term-scanner.js';

/** Where a piece of the archive is read from: what a manifest vouches for, or a loose file. */
export type PieceSource =
  { readonly kind: 'stored'; readonly piece: StoredPiece } | { readonly kind: 'loose'; readonly path: string };

/** What comes of reading pieces, in their order: the entries of each, then its end or why it can't be read. */
export type PieceEvent =
  | { readonly kind: 'entries'; readonly batch: EntryBatch }
  | { readonly kind: 'end'; readonly sizeBytes: number }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string; readonly mend: string };

/** Reads pieces one after the other. Whoever takes the events sets the pace. Ends early when `signal` is aborted. */
export type ReadPieces = (sources: readonly PieceSource[], signal: AbortSignal) => AsyncIterable<PieceEvent>;

/** Makes a reader for this thread. Each word of the texts is told once, for as long as all goes well. */
export function makePieceReader(): ReadPieces {
  const terms = makeTermScanner();

  async function* read(sources: readonly PieceSource[], signal: AbortSignal): AsyncGenerator<PieceEvent> {
    // What was told the last time may have been rolled back since.
    terms.forget();
    for (const source of sources) {
      if (signal.aborted) return;
      try {
        yield* readOne(source, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof StorageError)) throw error;
        terms.forget();
        yield { kind: 'failed', message: error.message, code: error.code, mend: error.mend };
      }
    }
  }

  async function* readOne(source: PieceSource, signal: AbortSignal): AsyncGenerator<PieceEvent> {
    let ready: EntryBatch[] = [];
    const batcher = makeBatcher(terms, (batch) => ready.push(batch));
    const reader = makeEntryReader(batcher.add);
    function* give(): Generator<PieceEvent> {
      const batches = ready;
      ready = [];
      for (const batch of batches) yield { kind: 'entries', batch };
    }
    for await (const bytes of ahead(bytesOf(source, signal))) {
      reader.push(bytes);
      yield* give();
    }
    const { sha256, sizeBytes } = reader.end();
    batcher.end();
    if (source.kind === 'stored' && sha256 !== source.piece.sha256) throw damagedPiece(source.piece);
    yield* give();
    yield { kind: 'end', sizeBytes };
  }

  return read;
}

function bytesOf(source: PieceSource, signal: AbortSignal): AsyncIterable<Buffer> {
  return source.kind === 'stored' ? readPiece(source.piece, { signal }) : readLoose(source.path);
}

/** Asks for the next buffer before it gives out the one in hand: the disk reads while the thread works. */
async function* ahead(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = bytes[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const current = await next;
      if (current.done === true) return;
      next = iterator.next();
      // Met above, or by nobody when this ends early.
      next.catch(() => undefined);
      yield current.value;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}

async function* readLoose(path: string): AsyncGenerator<Buffer, void, undefined> {
  let handle;
  try {
    handle = await openPlainFile(path);
  } catch (error) {
    throw error instanceof StorageError || errorCode(error) === null ? error : unreadable(path, error);
  }
  try {
    yield* readPlain(handle);
  } finally {
    await handle.close();
  }
}

function unreadable(path: string, cause: unknown): StorageError {
  const mend = 'Give your user read access to it, or move it away.';
  const code = errorCode(cause) ?? 'UNKNOWN';
  return new StorageError(`An archived file can't be read (${path}).`, { code, mend, cause });
}

function damagedPiece({ name, places }: StoredPiece): StorageError {
  const where = places.at(-1)?.path ?? name;
  return new StorageError(`Damaged in the archive: the bytes of ${name} don't match its manifest (${where}).`, {
    code: 'DAMAGED',
    mend: 'Bring the file back from a backup.',
  });
}
