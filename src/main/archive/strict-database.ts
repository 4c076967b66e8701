import { closeSync, constants, openSync } from 'node:fs';
import Libsql from 'libsql';

/** What may be bound to a `?`. The driver ends the whole process on a boolean and a Date. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** A link in the file's place would lead to a file of somebody else's choice; Windows has no such flag. */
const noFollow = (constants as { readonly O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;

/** A SQLite database behind checks that the driver leaves out. All calls block: for worker threads. */
export interface StrictDatabase {
  /** Runs one statement; answers how many rows it changed. */
  readonly run: (sql: string, values?: readonly SqlValue[]) => number;
  readonly all: (sql: string, values?: readonly SqlValue[]) => readonly Record<string, unknown>[];
  /** Runs `work` in one transaction: all of it or, when it throws, none. Not to be nested. */
  readonly transaction: <Result>(work: () => Result) => Result;
  /** Undoes the transaction in hand, if there is one. */
  readonly rollBack: () => void;
  /** Begins a part of the transaction in hand that can be undone by itself. Not to be nested. */
  readonly beginPart: () => { readonly keep: () => void; readonly undo: () => void };
  /** For much work at once: a power cut may undo the last transactions, whole, and more memory is used. */
  readonly hurry: (isWanted: boolean) => void;
  readonly close: () => void;
}

/**
 * Opens or makes a database file (0600, the files beside it too) with a write-ahead log and a busy time-out of 5 s. One
 * that is only to be read must be there already, and refuses every change.
 */
export function openStrictDatabase(
  file: string,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): StrictDatabase {
  closeSync(openSync(file, constants.O_RDWR | noFollow | (readOnly ? 0 : constants.O_CREAT), 0o600));
  const database = new Libsql(file);
  const prepared = new Map<string, { readonly statement: Libsql.Statement<unknown[]>; readonly holes: number }>();

  function statement(sql: string, values: readonly SqlValue[]): Libsql.Statement<unknown[]> {
    const known = prepared.get(sql);
    const holes = known?.holes ?? sql.split('?').length - 1;
    if (holes !== values.length) throw new RangeError(`${holes} values wanted, ${values.length} given: ${sql}`);
    for (const value of values) {
      if (typeof value === 'string') {
        if (value.includes('\0')) throw new RangeError(`A text with NUL would be cut: ${sql}`);
      } else if (typeof value !== 'number' && typeof value !== 'bigint' && !isBytesOrNull(value)) {
        throw new TypeError(`A ${typeof value} can't be bound: ${sql}`);
      }
    }
    if (known) return known.statement;
    const made = database.prepare(sql);
    prepared.set(sql, { statement: made, holes });
    return made;
  }

  // The driver only reads them.
  const run = (sql: string, values: readonly SqlValue[] = []) =>
    statement(sql, values).run(values as SqlValue[]).changes;
  const all = (sql: string, values: readonly SqlValue[] = []) =>
    statement(sql, values).all([...values]) as readonly Record<string, unknown>[];
  const rollBack = (): void => {
    if (database.inTransaction) run('ROLLBACK');
  };
  try {
    all('PRAGMA busy_timeout = 5000');
    all('PRAGMA journal_mode = WAL');
    run('PRAGMA synchronous = FULL');
    run(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    run(`PRAGMA cache_size = -${cacheKilobytes}`);
    if (readOnly) run('PRAGMA query_only = 1');
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
        rollBack();
        throw error;
      }
    },
    rollBack,
    hurry(isWanted) {
      run(`PRAGMA synchronous = ${isWanted ? 'NORMAL' : 'FULL'}`);
      run(`PRAGMA cache_size = -${isWanted ? hurriedCacheKilobytes : cacheKilobytes}`);
    },
    beginPart() {
      run('SAVEPOINT part');
      return {
        keep: () => void run('RELEASE part'),
        undo() {
          // A full disk may have undone all of it.
          if (!database.inTransaction) return;
          run('ROLLBACK TO part');
          run('RELEASE part');
        },
      };
    },
    close() {
      try {
        // The driver lets go of prepared statements late, and SQLite of the log with them.
        if (!readOnly) all('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        prepared.clear();
        database.close();
      }
    },
  };
}

function isBytesOrNull(value: unknown): boolean {
  return value === null || value instanceof Uint8Array;
}

const cacheKilobytes = 16 * 1024;
const hurriedCacheKilobytes = 64 * 1024;
/** 16 MB of the log are brought into the file at once. */
const checkpointPages = 4096;
