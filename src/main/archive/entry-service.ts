import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { ArchiveAnswer, ArchiveQuery } from '../../shared/archive-search.js';
import type { ExportFolders } from '../export/export-ledger.js';
import { errorCode } from '../export/storage-error.js';
import { linkInPlace } from '../export/storage-folder.js';
import { openEntryDatabase, type EntryDatabase } from './entry-database.js';
import { indexArchive, type IndexedArchive, type IndexProgress } from './index-archive.js';
import type { ArchivePlan, IndexedFile, IndexRequest } from './indexed-file.js';
import { makePieceReader } from './piece-reader.js';
import { readInThread } from './piece-reader-thread.js';
import type { SessionHead } from './search/describe-sessions.js';
import { openIndexReader, type SearchedHow } from './search/index-reader.js';
import { serialRunner } from './serial-runner.js';

/** One call to the index: what to do and with what. The same in the worker and in this thread. */
export type EntryCall =
  | { readonly kind: 'index-file'; readonly request: IndexRequest }
  | { readonly kind: 'change-plan'; readonly name: string; readonly plan: ArchivePlan }
  | { readonly kind: 'settle'; readonly name: string }
  | { readonly kind: 'unsettled' }
  | { readonly kind: 'forget-session'; readonly sessionId: string }
  | { readonly kind: 'index-archive'; readonly folders: ExportFolders; readonly fromScratch: boolean }
  | { readonly kind: 'describe-sessions'; readonly sessionIds: readonly string[] }
  | { readonly kind: 'list-projects' }
  | { readonly kind: 'search'; readonly query: ArchiveQuery; readonly how: SearchedHow };

/** The answer to a call, by its kind. */
export interface EntryAnswers {
  readonly 'index-file': IndexedFile;
  readonly 'change-plan': null;
  readonly settle: null;
  readonly unsettled: readonly IndexedFile[];
  readonly 'forget-session': boolean;
  readonly 'index-archive': IndexedArchive;
  readonly search: ArchiveAnswer;
  readonly 'describe-sessions': readonly SessionHead[];
  readonly 'list-projects': readonly string[];
}

/** What goes with a call that takes long. */
export interface CallExtras {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: IndexProgress) => void;
}

/** What is served, and with which help. */
export interface ServedIndex {
  readonly file: string;
  /** The archive that the index is of; null: a new index is taken to be complete. */
  readonly exportsArchive: string | null;
  /** The script of the thread that reads the archive; null: this thread reads it. */
  readonly readerUrl: URL | null;
}

/** Answers calls to the index one after the other; `index-archive` lets others in between its transactions. */
export interface EntryService {
  readonly answer: (call: EntryCall, extras: CallExtras) => Promise<EntryAnswers[EntryCall['kind']]>;
  readonly close: () => Promise<void>;
}

/**
 * Serves an index file, opened at the first call. An index that SQLite finds damaged is renamed and begun anew: it can
 * be rebuilt from the archive, and no export has to wait for that. A new one is complete where `exportsArchive` is empty.
 */
export function serveEntryDatabase({ file, exportsArchive, readerUrl }: ServedIndex): EntryService {
  const read = readerUrl === null ? makePieceReader() : readInThread(readerUrl);
  const serially = serialRunner();
  const reader = openIndexReader(file);
  const closing = new AbortController();
  let database: EntryDatabase | null = null;
  let isClosed = false;

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
    if (lstatSync(path.dirname(file), { throwIfNoEntry: false })?.isSymbolicLink())
      throw linkInPlace(path.dirname(file));
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const isNew = !existsSync(file);
    database = openEntryDatabase(file);
    if (isNew && isEmptyFolder(exportsArchive)) database.markComplete();
    return database;
  }

  function guarded<Result>(work: (open: EntryDatabase) => Promise<Result> | Result): Promise<Result> {
    return serially(async () => {
      if (isClosed) throw new Error('The index is closed.');
      try {
        return await work(opened());
      } catch (error) {
        if (!isDamage(error)) throw error;
        closeDamaged();
        reader.close();
        setDamagedAside(file);
        return work(opened());
      }
    });
  }

  async function answer(call: EntryCall, extras: CallExtras): Promise<EntryAnswers[EntryCall['kind']]> {
    switch (call.kind) {
      case 'index-file':
        return guarded((open) => open.indexFile(call.request));
      case 'change-plan':
        return guarded((open) => open.changePlan({ name: call.name, plan: call.plan }));
      case 'settle':
        return guarded((open) => open.settle(call.name));
      case 'unsettled':
        return existsSync(file) ? guarded((open) => open.unsettled()) : [];
      case 'forget-session':
        return existsSync(file) && guarded((open) => open.forgetSession(call.sessionId));
      case 'index-archive':
        return indexArchive({
          folders: call.folders,
          fromScratch: call.fromScratch,
          slice: guarded,
          read,
          onProgress: extras.onProgress,
          signal: AbortSignal.any([extras.signal, closing.signal]),
        });
      case 'search':
        return reader.search(call.query, call.how);
      case 'describe-sessions':
        return reader.describe(call.sessionIds);
      case 'list-projects':
        return reader.projects();
    }
  }

  return {
    answer,
    close() {
      closing.abort();
      return serially(async () => {
        isClosed = true;
        reader.close();
        close();
      });
    },
  };
}

function isEmptyFolder(folder: string | null): boolean {
  try {
    return folder === null || readdirSync(folder).length === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    throw error;
  }
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
