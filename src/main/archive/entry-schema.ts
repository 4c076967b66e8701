import { completeVersion } from './index-version.js';
import type { StrictDatabase } from './strict-database.js';

/** Tables that hold what stands in the archive; `files_in_work` alone doesn't. */
const archiveTables = [
  'entries',
  'texts',
  'words',
  'terms',
  'term_parts',
  'pieces',
  'sessions',
  'projects',
  'speakers',
  'odd_uuids',
];

/**
 * Makes the tables where they are missing. What an older version has left is emptied and marked to be built again; the
 * results that are kept until their file is settled stay.
 */
export function prepareSchema(database: StrictDatabase): void {
  const version = versionOf(database);
  if (Math.abs(version) === completeVersion) return;
  database.transaction(() => {
    const isNew = database.all("SELECT name FROM sqlite_schema WHERE name = 'entries'").length === 0;
    for (const table of archiveTables) database.run(`DROP TABLE IF EXISTS ${table}`);
    if (!isNew && version === 0) database.run('ALTER TABLE files_in_work ADD COLUMN piece INTEGER');
    for (const statement of statements) database.run(statement);
    markComplete(database, false);
  });
}

/** Empties the index, and marks it as not complete. For within a transaction. */
export function emptyIndex(database: StrictDatabase): void {
  for (const table of archiveTables) database.run(`DROP TABLE IF EXISTS ${table}`);
  for (const statement of statements) database.run(statement);
  markComplete(database, false);
}

/** Remembers in the head of the file whether all that is archived stands in the index. */
export function markComplete(database: StrictDatabase, isComplete: boolean): void {
  database.run(`PRAGMA user_version = ${isComplete ? completeVersion : -completeVersion}`);
}

/** Whether all that is archived stands in the index. */
export function isMarkedComplete(database: StrictDatabase): boolean {
  return versionOf(database) === completeVersion;
}

/** Whether the tables are those of this version. */
export function hasThisSchema(database: StrictDatabase): boolean {
  return Math.abs(versionOf(database)) === completeVersion;
}

function versionOf(database: StrictDatabase): number {
  return Number(database.all('PRAGMA user_version')[0]?.['user_version'] ?? 0);
}

/**
 * `uuid` is the 16 bytes of a UUID; of any other text the hash, the text itself then stands in `odd_uuids`. The entries of
 * a piece have the ids `first_entry` to `last_entry`: those found for the first time there; `copies` counts the others. Times are milliseconds since 1970.
 * `words` holds the words of `texts`, each character of Chinese, Japanese and Korean as one, and beside them what filters
 * ask for; `terms` each word once, and `term_parts` its parts of three characters.
 */
const statements = [
  `CREATE TABLE IF NOT EXISTS files_in_work (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, new_messages INTEGER, duplicate_messages INTEGER,
    bad_lines INTEGER NOT NULL, size_bytes INTEGER NOT NULL, archived_to TEXT NOT NULL, report_path TEXT NOT NULL,
    piece INTEGER
  ) WITHOUT ROWID`,
  'CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)',
  `CREATE TABLE sessions (
    id INTEGER PRIMARY KEY, session_id TEXT NOT NULL UNIQUE, project INTEGER NOT NULL, custom_title TEXT, ai_title TEXT,
    summary TEXT, first_at INTEGER, last_at INTEGER, generation INTEGER NOT NULL
  )`,
  `CREATE TABLE pieces (
    id INTEGER PRIMARY KEY, session INTEGER, project INTEGER NOT NULL, folder TEXT NOT NULL, segment TEXT NOT NULL, sidecar TEXT NOT NULL,
    first_entry INTEGER NOT NULL, last_entry INTEGER NOT NULL, first_at INTEGER, last_at INTEGER,
    copies INTEGER NOT NULL,
    UNIQUE (folder, segment, sidecar)
  )`,
  'CREATE INDEX pieces_by_entry ON pieces (first_entry)',
  `CREATE TABLE speakers (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, role TEXT NOT NULL, agent TEXT NOT NULL, UNIQUE (kind, role, agent)
  )`,
  `CREATE TABLE entries (
    id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, speaker INTEGER NOT NULL, at INTEGER, offset INTEGER NOT NULL,
    length INTEGER NOT NULL
  )`,
  'CREATE TABLE odd_uuids (entry INTEGER PRIMARY KEY, uuid TEXT NOT NULL)',
  'CREATE TABLE texts (entry INTEGER PRIMARY KEY, text TEXT NOT NULL)',
  `CREATE VIRTUAL TABLE words USING fts5 (
    text, filters, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
  )`,
  "INSERT INTO words (words, rank) VALUES ('hashsize', 8388608)",
  'CREATE TABLE terms (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE)',
  `CREATE VIRTUAL TABLE term_parts USING fts5 (
    term, content = '', detail = none, columnsize = 0, tokenize = 'trigram'
  )`,
];
