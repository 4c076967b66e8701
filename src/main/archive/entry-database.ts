import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StorageError } from '../export/storage-error.js';
import { makeBatcher } from './entry-batch.js';
import { readEntryFile } from './entry-file.js';
import { emptyIndex, isMarkedComplete, markComplete, prepareSchema } from './entry-schema.js';
import { makeEntryWriter, type PieceWriter } from './entry-writer.js';
import { forgetSession, indexedFolders } from './forget-session.js';
import type { ArchivePlan, IndexedFile, IndexRequest } from './indexed-file.js';
import { sidecarFacts, type PieceFacts } from './piece-facts.js';
import { openStrictDatabase } from './strict-database.js';
import { makeTermScanner } from './term-scanner.js';

/** The index of what is archived, and the files in work. All calls but `together` block: for a worker thread. */
export interface EntryDatabase {
  readonly indexFile: (request: IndexRequest) => IndexedFile;
  readonly changePlan: (change: { readonly name: string; readonly plan: ArchivePlan }) => null;
  readonly settle: (name: string) => null;
  readonly unsettled: () => readonly IndexedFile[];
  /** Forgets all that stands in the archive, so that it can be read from there again. */
  readonly empty: () => void;
  /** Takes a session out, so that what is still archived of it can be read again; false where nothing of it was there. */
  readonly forgetSession: (sessionId: string) => boolean;
  /** The archive's folders that the index holds something of, but for those of which an export is in work. */
  readonly folders: () => readonly string[];
  readonly hasPiece: (facts: Pick<PieceFacts, 'folder' | 'segment' | 'sidecar'>) => boolean;
  /**
   * Runs `work` in one transaction; nothing else may be called meanwhile but `beginPiece`. It is told whether another
   * process has changed the index since the last time.
   */
  readonly together: <Result>(work: (isChanged: boolean) => Promise<Result>) => Promise<Result>;
  /**
   * Begins a piece, within `together`. `undo` takes back what was added and answers whether it could: always where
   * `isCareful` is set, else only as long as nothing was added. Then all of `together` has to be given up by throwing.
   */
  readonly beginPiece: (
    facts: PieceFacts,
    how: { readonly isCareful: boolean },
  ) => PieceWriter & { readonly undo: () => boolean };
  readonly isComplete: () => boolean;
  readonly markComplete: () => void;
  readonly close: () => void;
}

/**
 * Opens the index. Entries and result of a file are committed together, and the result is kept until `settle`: indexing
 * the same bytes under the same name again before that answers the same counts.
 */
export function openEntryDatabase(file: string): EntryDatabase {
  const database = openStrictDatabase(file);
  prepareSchema(database);
  const writer = makeEntryWriter(database);
  const terms = makeTermScanner();

  let seenVersion = -1;

  function forget(): void {
    writer.forget();
    terms.forget();
  }

  /** Another process may have emptied the index: then the writer remembers what is gone. */
  function forgetIfChanged(): boolean {
    const version = Number(database.all('PRAGMA data_version')[0]?.['data_version'] ?? 0);
    const isChanged = version !== seenVersion;
    if (isChanged) forget();
    seenVersion = version;
    return isChanged;
  }

  /** What the writer remembers may have been rolled back. */
  function written<Result>(work: () => Result): Result {
    try {
      return database.transaction(() => {
        forgetIfChanged();
        return work();
      });
    } catch (error) {
      forget();
      throw error;
    }
  }

  function indexFile(request: IndexRequest): IndexedFile {
    const { path: source, name, expectedSha256, plan } = request;
    const earlier = resultsOf('WHERE name = ?', [name])[0];
    if (earlier) {
      // Indexed before a crash: its entries were committed with this row. Another file may have taken its name since.
      const { sha256 } = readEntryFile(source, null);
      if (sha256 === earlier.sha256) return earlier;
    }
    return written(() => {
      const facts = factsOf(request);
      const { read, written: own } = addFile(facts, source, expectedSha256);
      const { sha256, badLines, sizeBytes } = read;
      // A sidecar that is lost holds up no segment: whoever verifies the archive names it.
      const agents = request.sidecars.flatMap(({ sidecarPath, paths, sha256: expected }) => {
        const lies = paths.find((place) => existsSync(place));
        return lies === undefined ? [] : [addFile(sidecarFacts(facts, sidecarPath), lies, expected).written];
      });
      const all = [own, ...agents];
      const newEntries = all.reduce((sum, each) => sum + each.newEntries, 0);
      const duplicates = all.reduce((sum, each) => sum + each.duplicates, 0);
      const known = newEntries + duplicates > 0;
      const counts = { newMessages: known ? newEntries : null, duplicateMessages: known ? duplicates : null };
      database.run('INSERT OR REPLACE INTO files_in_work VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', [
        name,
        sha256,
        counts.newMessages,
        counts.duplicateMessages,
        badLines,
        sizeBytes,
        plan.archivedTo,
        plan.reportPath,
        own.piece,
      ]);
      return { name, sha256, ...counts, badLines, sizeBytes, plan };
    });
  }

  function addFile(facts: PieceFacts, source: string, expectedSha256: string | null) {
    const piece = writer.begin(facts);
    const batcher = makeBatcher(terms, piece.add);
    const read = readEntryFile(source, batcher.add);
    batcher.end();
    if (expectedSha256 !== null && read.sha256 !== expectedSha256) throw damagedSegment(source);
    return { read, written: piece.finish() };
  }

  function resultsOf(where: string, values: readonly string[]): readonly IndexedFile[] {
    return database.all(`SELECT * FROM files_in_work ${where}`, values).map((row) => {
      const { archived_to, report_path, ...rest } = rowSchema.parse(row);
      return {
        name: rest.name,
        sha256: rest.sha256,
        newMessages: rest.new_messages,
        duplicateMessages: rest.duplicate_messages,
        badLines: rest.bad_lines,
        sizeBytes: rest.size_bytes,
        plan: { archivedTo: archived_to, reportPath: report_path },
      };
    });
  }

  return {
    indexFile,
    changePlan({ name, plan }) {
      return database.transaction(() => {
        database.run('UPDATE files_in_work SET archived_to = ?, report_path = ? WHERE name = ?', [
          plan.archivedTo,
          plan.reportPath,
          name,
        ]);
        // With what belongs to it.
        const ofFile = `SELECT pieces.folder || '/' || pieces.segment FROM pieces
          WHERE id = (SELECT piece FROM files_in_work WHERE name = ?)`;
        database.run(`UPDATE OR REPLACE pieces SET segment = ? WHERE folder || '/' || segment = (${ofFile})`, [
          path.basename(plan.archivedTo),
          name,
        ]);
        return null;
      });
    },
    settle(name) {
      return database.transaction(() => {
        // The index was emptied since: what is archived now may not have been read again.
        const lost = `SELECT 1 FROM files_in_work WHERE name = ? AND (piece IS NULL OR piece NOT IN (SELECT id FROM pieces))`;
        if (database.all(lost, [name]).length > 0) markComplete(database, false);
        database.run('DELETE FROM files_in_work WHERE name = ?', [name]);
        return null;
      });
    },
    unsettled: () => resultsOf('', []),
    empty() {
      written(() => {
        emptyIndex(database);
        // What is in work points at rows that are gone; it is read again from where it will be archived.
        database.run('UPDATE files_in_work SET piece = NULL');
      });
      forget();
    },
    forgetSession: (sessionId) => written(() => forgetSession(database, sessionId)),
    folders: () => indexedFolders(database),
    hasPiece({ folder, segment, sidecar }) {
      const where = 'WHERE folder = ? AND segment = ? AND sidecar = ?';
      return database.all(`SELECT 1 FROM pieces ${where}`, [folder, segment, sidecar]).length > 0;
    },
    async together(work) {
      // What is lost is read again: the mark that all is there comes later.
      database.hurry(true);
      database.run('BEGIN IMMEDIATE');
      try {
        const result = await work(forgetIfChanged());
        database.run('COMMIT');
        return result;
      } catch (error) {
        database.rollBack();
        forget();
        throw error;
      } finally {
        database.hurry(false);
      }
    },
    beginPiece(facts, { isCareful }) {
      const part = isCareful ? database.beginPart() : null;
      const piece = writer.begin(facts);
      let isEmpty = true;
      return {
        add(batch) {
          isEmpty = false;
          piece.add(batch);
        },
        finish() {
          const result = piece.finish();
          part?.keep();
          return result;
        },
        undo() {
          part?.undo();
          if (part) writer.forget();
          return part !== null || isEmpty;
        },
      };
    },
    isComplete: () => isMarkedComplete(database),
    markComplete: () => markComplete(database, true),
    close: database.close,
  };
}

function factsOf({ session, plan }: IndexRequest): PieceFacts {
  return {
    sessionId: session?.sessionId ?? null,
    project: session === null ? '' : path.basename(path.dirname(session.sourcePath)),
    generation: session?.generation ?? 0,
    folder: session?.sessionId ?? '',
    segment: path.basename(plan.archivedTo),
    sidecar: '',
    agentId: null,
  };
}

function damagedSegment(segment: string): Error {
  const mend =
    'Look at the disk; take the file and its manifest out of the pending folder to have its lines exported again.';
  return new StorageError(
    `An export was changed after it was written: its bytes don't match its manifest (${segment}).`,
    {
      code: 'SEGMENT_DAMAGED',
      mend,
    },
  );
}

const rowSchema = z.object({
  name: z.string(),
  sha256: z.string(),
  new_messages: z.number().nullable(),
  duplicate_messages: z.number().nullable(),
  bad_lines: z.number(),
  size_bytes: z.number(),
  archived_to: z.string(),
  report_path: z.string(),
});
