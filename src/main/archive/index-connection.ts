import { Worker } from 'node:worker_threads';
import { errorCode, storageError, StorageError } from '../export/storage-error.js';
import type { CallExtras, EntryAnswers, EntryCall, EntryService } from './entry-service.js';

/** Where the index lies, and where it is served. */
export interface IndexPlace {
  readonly file: string;
  /** The archive that the index is of; null: a new index is taken to be complete. */
  readonly exportsArchive?: string | null;
  /** The built `entry-index-worker.js`; with null the same code runs in this thread and blocks it (for runs from the sources). */
  readonly workerUrl: URL | null;
}

/** Calls to the index. Each rejects with a `StorageError`. */
export interface IndexConnection {
  readonly call: <Kind extends EntryCall['kind']>(
    call: Extract<EntryCall, { kind: Kind }>,
    extras?: Partial<CallExtras>,
  ) => Promise<EntryAnswers[Kind]>;
  /** Ends the call in hand, then the worker. */
  readonly close: () => Promise<void>;
}

/** What the worker is told. */
export type IndexMessage =
  | { readonly kind: 'call'; readonly id: number; readonly call: EntryCall }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close' };

/** What the worker answers. */
export type IndexReply =
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: unknown }
  | {
      readonly id: number;
      readonly kind: 'failed';
      readonly message: string;
      readonly code: string | null;
      readonly mend: string | null;
    };

/** Connects to an index in a worker thread of its own, started when first needed. */
export function connectToIndex(place: IndexPlace): IndexConnection {
  const connection = place.workerUrl ? connectToWorker(place.workerUrl, place) : connectHere(place);
  return {
    async call(call, extras = {}) {
      try {
        const { signal = new AbortController().signal, onProgress = () => undefined } = extras;
        return (await connection.call(call, { signal, onProgress })) as never;
      } catch (error) {
        throw indexError(place.file, call, error);
      }
    },
    close: connection.close,
  };
}

interface BareConnection {
  readonly call: (call: EntryCall, extras: CallExtras) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

function connectHere({ file, exportsArchive = null }: IndexPlace): BareConnection {
  let service: Promise<EntryService> | null = null;
  // Loaded when needed: with a worker the database driver never enters this thread.
  const load = async () =>
    (await import('./entry-service.js')).serveEntryDatabase({ file, exportsArchive, readerUrl: null });
  return {
    async call(call, extras) {
      service ??= load();
      return (await service).answer(call, extras);
    },
    close: async () => (await service)?.close(),
  };
}

interface Caller {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: CallExtras['onProgress'];
}

function connectToWorker(workerUrl: URL, { file, exportsArchive = null }: IndexPlace): BareConnection {
  const waiting = new Map<number, Caller>();
  let worker: Worker | null = null;
  let lastId = 0;
  let closed = false;

  function start(): Worker {
    const started = new Worker(workerUrl, { workerData: { task: 'index', file, exportsArchive } });
    let failure: unknown = new Error('The index worker ended unexpectedly.');
    started.on('message', (reply: IndexReply) => {
      const caller = waiting.get(reply.id);
      if (reply.kind === 'progress') return caller?.onProgress(reply.progress as never);
      waiting.delete(reply.id);
      if (reply.kind === 'done') caller?.resolve(reply.value);
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

  function post(to: Worker, message: IndexMessage): void {
    to.postMessage(message, []);
  }

  return {
    call(call, { signal, onProgress }) {
      if (closed) return Promise.reject(new Error('The index is closed.'));
      worker ??= start();
      const running = worker;
      lastId += 1;
      const id = lastId;
      const cancel = () => post(running, { kind: 'cancel', id });
      signal.addEventListener('abort', cancel);
      const answered = new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, onProgress });
        post(running, { kind: 'call', id, call });
        if (signal.aborted) cancel();
      });
      return answered.finally(() => signal.removeEventListener('abort', cancel));
    },
    async close() {
      closed = true;
      const running = worker;
      if (!running) return;
      // By message, never terminate(): ending a thread in the middle of a write can end the process.
      const exited = new Promise<void>((resolve) => {
        running.once('exit', () => resolve());
      });
      post(running, { kind: 'close' });
      await exited;
    },
  };
}

function errorOf({ message, code, mend }: Extract<IndexReply, { kind: 'failed' }>): Error {
  return mend === null
    ? Object.assign(new Error(message), code ? { code } : {})
    : new StorageError(message, { code: code ?? 'UNKNOWN', mend });
}

/** Gives SQLite's errors the words of the system's. */
function indexError(file: string, call: EntryCall, error: unknown): StorageError {
  const code = errorCode(error) ?? '';
  if (!code.startsWith('SQLITE_')) {
    return storageError(doing[call.kind], call.kind === 'index-file' ? call.request.path : file, error);
  }
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) {
    const mend = 'Run with --reindex: it is set aside, and built from the archive again.';
    return new StorageError(`The search index is damaged (${file}).`, { code, mend, cause: error });
  }
  const systemCode = Object.entries(systemCodes).find(([prefix]) => code.startsWith(prefix))?.[1] ?? code;
  const cause = Object.assign(new Error(String(error), { cause: error }), { code: systemCode });
  return storageError(readers.has(call.kind) ? 'read the index' : 'write the index', file, cause);
}

const doing: Readonly<Record<EntryCall['kind'], string>> = {
  'index-file': 'index an export',
  'change-plan': 'index an export',
  settle: 'index an export',
  unsettled: 'index an export',
  'forget-session': 'take a session out of the index',
  'index-archive': 'build the index from the archive',
  search: 'search the archive',
  'describe-sessions': 'look into the index',
  'list-projects': 'look into the index',
};

const readers: ReadonlySet<EntryCall['kind']> = new Set(['search', 'describe-sessions', 'list-projects']);

const systemCodes: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'ENOSPC',
  SQLITE_READONLY: 'EACCES',
  SQLITE_CANTOPEN: 'EACCES',
  SQLITE_PERM: 'EACCES',
  SQLITE_IOERR: 'EIO',
};
