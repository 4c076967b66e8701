import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../export/storage-error.js';
import {
  openEntryDatabase,
  type ArchivePlan,
  type EntryDatabase,
  type IndexedFile,
  type IndexRequest,
} from './entry-database.js';

/** One call to the index: what to do and with what. The same in the worker and in this thread. */
export type EntryCall =
  | { readonly kind: 'index-file'; readonly request: IndexRequest }
  | { readonly kind: 'change-plan'; readonly name: string; readonly plan: ArchivePlan }
  | { readonly kind: 'settle'; readonly name: string }
  | { readonly kind: 'unsettled' };

/** The answer to a call, by its kind. */
export interface EntryAnswers {
  readonly 'index-file': IndexedFile;
  readonly 'change-plan': null;
  readonly settle: null;
  readonly unsettled: readonly IndexedFile[];
}

/** Answers calls to the index one after the other; each blocks until it is done. */
export interface EntryService {
  readonly answer: (call: EntryCall) => EntryAnswers[EntryCall['kind']];
  readonly close: () => void;
}

/**
 * Serves an index file, opened at the first call. An index that SQLite finds damaged is renamed and begun anew: it can
 * be rebuilt from the archive, and no export has to wait for that.
 */
export function serveEntryDatabase(file: string): EntryService {
  let database: EntryDatabase | null = null;

  function close(): void {
    const open = database;
    database = null;
    open?.close();
  }

  function closeDamaged(): void {
    try {
      close();
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
  }

  function opened(): EntryDatabase {
    if (database) return database;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    database = openEntryDatabase(file);
    return database;
  }

  function perform(call: EntryCall): EntryAnswers[EntryCall['kind']] {
    switch (call.kind) {
      case 'index-file':
        return opened().indexFile(call.request);
      case 'change-plan':
        return opened().changePlan({ name: call.name, plan: call.plan });
      case 'settle':
        return opened().settle(call.name);
      case 'unsettled':
        return existsSync(file) ? opened().unsettled() : [];
    }
  }

  return {
    answer(call) {
      try {
        return perform(call);
      } catch (error) {
        if (!isDamage(error)) throw error;
        closeDamaged();
        setDamagedAside(file);
        return perform(call);
      }
    },
    close,
  };
}

function setDamagedAside(file: string): void {
  const suffix = `.damaged-${new Date().toISOString().replaceAll(/[^0-9]/g, '')}`;
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(file + part)) renameSync(file + part, `${file}${suffix}${part}`);
  }
}

function isDamage(error: unknown): boolean {
  return /^SQLITE_(?:NOTADB|CORRUPT)/.test(errorCode(error) ?? '');
}
