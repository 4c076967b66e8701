import { closeSync, openSync } from 'node:fs';
import Libsql from 'libsql';

/** What may be bound to a `?`. The driver ends the whole process on a boolean, and on a lone Buffer or Date. */
type SqlValue = string | number | bigint | null;

/** A SQLite database behind checks that the driver leaves out. All calls block: for worker threads. */
export interface StrictDatabase {
  /** Runs one statement; answers how many rows it changed. */
  readonly run: (sql: string, values?: readonly SqlValue[]) => number;
  readonly all: (sql: string, values?: readonly SqlValue[]) => readonly Record<string, unknown>[];
  /** Runs `work` in one transaction: all of it or, when it throws, none. Not to be nested. */
  readonly transaction: <Result>(work: () => Result) => Result;
  readonly close: () => void;
}

/** Opens or makes a database file (0600, the files beside it too) with a write-ahead log and a busy time-out of 5 s. */
export function openStrictDatabase(file: string): StrictDatabase {
  closeSync(openSync(file, 'a', 0o600));
  const database = new Libsql(file);
  const prepared = new Map<string, Libsql.Statement<unknown[]>>();

  function statement(sql: string, values: readonly SqlValue[]): Libsql.Statement<unknown[]> {
    const holes = sql.split('?').length - 1;
    if (holes !== values.length) throw new RangeError(`${holes} values wanted, ${values.length} given: ${sql}`);
    for (const value of values) {
      if (value !== null && !['string', 'number', 'bigint'].includes(typeof value)) {
        throw new TypeError(`A ${typeof value} can't be bound: ${sql}`);
      }
      if (typeof value === 'string' && value.includes('\0'))
        throw new RangeError(`A text with NUL would be cut: ${sql}`);
    }
    const known = prepared.get(sql);
    if (known) return known;
    const made = database.prepare(sql);
    prepared.set(sql, made);
    return made;
  }

  const run = (sql: string, values: readonly SqlValue[] = []) => statement(sql, values).run([...values]).changes;
  const all = (sql: string, values: readonly SqlValue[] = []) =>
    statement(sql, values).all([...values]) as readonly Record<string, unknown>[];
  try {
    all('PRAGMA busy_timeout = 5000');
    all('PRAGMA journal_mode = WAL');
    run('PRAGMA synchronous = FULL');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    run,
    all,
    transaction(work) {
      run('BEGIN IMMEDIATE');
      try {
        const result = work();
        run('COMMIT');
        return result;
      } catch (error) {
        if (database.inTransaction) run('ROLLBACK');
        throw error;
      }
    },
    close() {
      try {
        // The driver lets go of prepared statements late, and SQLite of the log with them.
        all('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        prepared.clear();
        database.close();
      }
    },
  };
}
