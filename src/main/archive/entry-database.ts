import { z } from 'zod';
import { StorageError } from '../export/storage-error.js';
import { readEntryFile } from './entry-file.js';
import { openStrictDatabase } from './strict-database.js';

/** A file to be indexed, and where it will go afterwards. */
export interface IndexRequest {
  readonly path: string;
  /** Its name in the pending folder: what its result is remembered under until it is settled. */
  readonly name: string;
  /** As the manifest says; null for a loose file. */
  readonly expectedSha256: string | null;
  readonly plan: ArchivePlan;
}

/** Where a file is archived and reported; remembered, so that a second run after a crash ends in the same place. */
export interface ArchivePlan {
  readonly archivedTo: string;
  readonly reportPath: string;
}

/** What indexing found. Counts are null for a file without any entry that has a uuid. */
export interface IndexedFile {
  readonly name: string;
  readonly sha256: string;
  /** Entry uuids not indexed before. */
  readonly newMessages: number | null;
  /** Entries whose uuid was indexed already, from this file or another. */
  readonly duplicateMessages: number | null;
  readonly badLines: number;
  readonly sizeBytes: number;
  readonly plan: ArchivePlan;
}

/** The table of entry uuids and the files in work. All calls block: for a worker thread. */
export interface EntryDatabase {
  readonly indexFile: (request: IndexRequest) => IndexedFile;
  readonly changePlan: (change: { readonly name: string; readonly plan: ArchivePlan }) => null;
  readonly settle: (name: string) => null;
  readonly unsettled: () => readonly IndexedFile[];
  readonly close: () => void;
}

/**
 * Opens the index. Entries and result of a file are committed together, and the result is kept until `settle`: indexing
 * the same bytes under the same name again before that answers the same counts.
 */
export function openEntryDatabase(file: string): EntryDatabase {
  const database = openStrictDatabase(file);
  database.run('CREATE TABLE IF NOT EXISTS entries (uuid TEXT PRIMARY KEY) WITHOUT ROWID');
  database.run(`CREATE TABLE IF NOT EXISTS files_in_work (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, new_messages INTEGER, duplicate_messages INTEGER,
    bad_lines INTEGER NOT NULL, size_bytes INTEGER NOT NULL, archived_to TEXT NOT NULL, report_path TEXT NOT NULL
  ) WITHOUT ROWID`);

  function indexFile({ path, name, expectedSha256, plan }: IndexRequest): IndexedFile {
    return database.transaction(() => {
      let newMessages = 0;
      let duplicateMessages = 0;
      const read = readEntryFile(path, (uuid) => {
        const added = database.run('INSERT OR IGNORE INTO entries (uuid) VALUES (?)', [uuid]);
        newMessages += added;
        duplicateMessages += 1 - added;
      });
      const { sha256, badLines, sizeBytes } = read;
      if (expectedSha256 !== null && sha256 !== expectedSha256) throw damagedSegment(path);
      // Indexed before a crash: its entries were committed with this row, so nothing was added just now.
      const earlier = resultsOf('WHERE name = ? AND sha256 = ?', [name, sha256])[0];
      if (earlier) return earlier;
      const known = newMessages + duplicateMessages > 0;
      const counts = known ? { newMessages, duplicateMessages } : { newMessages: null, duplicateMessages: null };
      database.run('INSERT OR REPLACE INTO files_in_work VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
        name,
        sha256,
        counts.newMessages,
        counts.duplicateMessages,
        badLines,
        sizeBytes,
        plan.archivedTo,
        plan.reportPath,
      ]);
      return { name, sha256, ...counts, badLines, sizeBytes, plan };
    });
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
      database.run('UPDATE files_in_work SET archived_to = ?, report_path = ? WHERE name = ?', [
        plan.archivedTo,
        plan.reportPath,
        name,
      ]);
      return null;
    },
    settle(name) {
      database.run('DELETE FROM files_in_work WHERE name = ?', [name]);
      return null;
    },
    unsettled: () => resultsOf('', []),
    close: database.close,
  };
}

function damagedSegment(path: string): Error {
  const mend =
    'Look at the disk; take the file and its manifest out of the pending folder to have its lines exported again.';
  return new StorageError(`An export was changed after it was written: its bytes don't match its manifest (${path}).`, {
    code: 'SEGMENT_DAMAGED',
    mend,
  });
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
