import { z } from 'zod';
import { markComplete } from './entry-schema.js';
import type { StrictDatabase } from './strict-database.js';

const rangesSchema = z.array(z.object({ id: z.number(), first_entry: z.number(), last_entry: z.number() }));

/**
 * Takes all that stands in the index of a session's archive folder out of it, and marks the index as not complete: what is
 * still archived is then read again. Messages that another session has copied were indexed once only; the pieces with
 * copies are taken out too, to be read again. Answers whether there was anything. For within a transaction.
 */
export function forgetSession(database: StrictDatabase, sessionId: string): boolean {
  const columns = 'SELECT id, first_entry, last_entry FROM pieces';
  const own = rangesSchema.parse(database.all(`${columns} WHERE folder = ?`, [sessionId]));
  if (own.length === 0) return false;
  const copies = rangesSchema.parse(database.all(`${columns} WHERE folder <> ? AND copies > 0`, [sessionId]));
  for (const { id, first_entry, last_entry } of [...own, ...copies]) {
    for (const [table, column] of entryTables) {
      database.run(`DELETE FROM ${table} WHERE ${column} BETWEEN ? AND ?`, [first_entry, last_entry]);
    }
    database.run('UPDATE files_in_work SET piece = NULL WHERE piece = ?', [id]);
    database.run('DELETE FROM pieces WHERE id = ?', [id]);
  }
  database.run('DELETE FROM sessions WHERE session_id = ?', [sessionId]);
  database.run('DELETE FROM projects WHERE id NOT IN (SELECT project FROM pieces UNION SELECT project FROM sessions)');
  markComplete(database, false);
  return true;
}

/** The archive folders that something in the index is of; those of which an export is in work are left out. */
export function indexedFolders(database: StrictDatabase): readonly string[] {
  const sql = `SELECT DISTINCT folder FROM pieces WHERE folder <> ''
    AND folder NOT IN (SELECT folder FROM pieces WHERE id IN (SELECT piece FROM files_in_work))`;
  return database.all(sql).map(({ folder }) => String(folder));
}

/** Everything that is kept of an entry, and the column with its id. */
const entryTables = [
  ['words', 'rowid'],
  ['texts', 'entry'],
  ['odd_uuids', 'entry'],
  ['entries', 'id'],
] as const;
