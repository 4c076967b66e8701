import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { errorCode, storageError, StorageError } from '../export/storage-error.js';
import type { ArchivePlan, IndexedFile, IndexRequest } from './entry-database.js';
import type { EntryAnswers, EntryCall, EntryService } from './entry-service.js';

/** The persistent table of entry uuids. Every call rejects with a `StorageError`. */
export interface EntryIndex {
  /** Indexes a file and remembers the result and the plan; the same again until `settle` is called. */
  readonly indexFile: (request: IndexRequest) => Promise<IndexedFile>;
  readonly changePlan: (name: string, plan: ArchivePlan) => Promise<null>;
  /** Forgets a file that is archived and reported. */
  readonly settle: (name: string) => Promise<null>;
  /** The files that were indexed and not settled. */
  readonly unsettled: () => Promise<readonly IndexedFile[]>;
  /** Ends the file in hand, then the worker. */
  readonly close: () => Promise<void>;
}

/** What the worker is told. */
export type IndexMessage =
  { readonly kind: 'call'; readonly id: number; readonly call: EntryCall } | { readonly kind: 'close' };

/** What the worker answers. */
export type IndexReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly message: string;
      readonly code: string | null;
      readonly mend: string | null;
    };

/**
 * Opens the index in a worker thread, started and its file made when first needed. `workerUrl` is the built
 * `entry-index-worker.js`; with null the same code runs in this thread and blocks it (for runs from the sources).
 */
export function openEntryIndex({
  file,
  workerUrl,
}: {
  readonly file: string;
  readonly workerUrl: URL | null;
}): EntryIndex {
  const connection = workerUrl ? connectToWorker(workerUrl, file) : connectHere(file);
  async function call<Kind extends EntryCall['kind']>(
    message: Extract<EntryCall, { kind: Kind }>,
  ): Promise<EntryAnswers[Kind]> {
    try {
      return (await connection.call(message)) as EntryAnswers[Kind];
    } catch (error) {
      throw indexError(file, message, error);
    }
  }
  return {
    indexFile: (request) => call<'index-file'>({ kind: 'index-file', request }),
    changePlan: (name, plan) => call<'change-plan'>({ kind: 'change-plan', name, plan }),
    settle: (name) => call<'settle'>({ kind: 'settle', name }),
    unsettled: async () => (existsSync(file) ? call<'unsettled'>({ kind: 'unsettled' }) : []),
    close: connection.close,
  };
}

interface Connection {
  readonly call: (call: EntryCall) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

function connectHere(file: string): Connection {
  let service: Promise<EntryService> | null = null;
  // Loaded when needed: with a worker the database driver never enters this thread.
  const load = async () => (await import('./entry-service.js')).serveEntryDatabase(file);
  return {
    async call(call) {
      service ??= load();
      return (await service).answer(call);
    },
    close: async () => (await service)?.close(),
  };
}

function connectToWorker(workerUrl: URL, file: string): Connection {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let worker: Worker | null = null;
  let lastId = 0;
  let closed = false;

  function start(): Worker {
    const started = new Worker(workerUrl, { workerData: file });
    let failure: unknown = new Error('The index worker ended unexpectedly.');
    started.on('message', (reply: IndexReply) => {
      const caller = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.ok) caller?.resolve(reply.value);
      else caller?.reject(errorOf(reply));
    });
    started.on('error', (error) => {
      failure = error;
    });
    started.on('exit', () => {
      if (worker === started) worker = null;
      for (const { reject } of waiting.values()) reject(new Error('The index worker ended.', { cause: failure }));
      waiting.clear();
    });
    return started;
  }

  return {
    call(call) {
      if (closed) return Promise.reject(new Error('The index is closed.'));
      worker ??= start();
      const post = worker;
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        post.postMessage({ kind: 'call', id, call } satisfies IndexMessage, []);
      });
    },
    async close() {
      closed = true;
      const running = worker;
      if (!running) return;
      // By message, never terminate(): ending a thread in the middle of a write can end the process.
      const exited = new Promise<void>((resolve) => {
        running.once('exit', () => resolve());
      });
      running.postMessage({ kind: 'close' } satisfies IndexMessage, []);
      await exited;
    },
  };
}

function errorOf({ message, code, mend }: Extract<IndexReply, { ok: false }>): Error {
  return mend === null
    ? Object.assign(new Error(message), code ? { code } : {})
    : new StorageError(message, { code: code ?? 'UNKNOWN', mend });
}

/** Gives SQLite's errors the words of the system's. */
function indexError(file: string, call: EntryCall, error: unknown): StorageError {
  const code = errorCode(error) ?? '';
  if (!code.startsWith('SQLITE_')) {
    return storageError('index an export', call.kind === 'index-file' ? call.request.path : file, error);
  }
  const systemCode = Object.entries(systemCodes).find(([prefix]) => code.startsWith(prefix))?.[1] ?? code;
  const cause = Object.assign(new Error(String(error), { cause: error }), { code: systemCode });
  return storageError('write the index', file, cause);
}

const systemCodes: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'ENOSPC',
  SQLITE_READONLY: 'EACCES',
  SQLITE_CANTOPEN: 'EACCES',
  SQLITE_PERM: 'EACCES',
  SQLITE_IOERR: 'EIO',
};
