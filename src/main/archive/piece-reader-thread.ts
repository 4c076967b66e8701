import { Worker } from 'node:worker_threads';
import type { PieceEvent, PieceSource, ReadPieces } from './piece-reader.js';

/** What the reading thread is told. */
export type ReaderRequest =
  | { readonly kind: 'read'; readonly sources: readonly PieceSource[] }
  /** So many more events are wanted. */
  | { readonly kind: 'more'; readonly events: number }
  | { readonly kind: 'abort' };

/** What it answers: one event for each that was wanted, and at the end a `done`. */
export type ReaderReply = { readonly kind: 'event'; readonly event: PieceEvent } | { readonly kind: 'done' };

/** So many events are on their way while one is worked on. */
const eventsAhead = 16;

/**
 * Reads pieces in a thread of their own, so that the next ones are read and parsed while these are written. `workerUrl` is
 * the built `entry-index-worker.js`. The thread lives as long as the iteration.
 */
export function readInThread(workerUrl: URL): ReadPieces {
  return async function* read(sources: readonly PieceSource[], signal: AbortSignal): AsyncGenerator<PieceEvent> {
    const worker = new Worker(workerUrl, { workerData: { task: 'read' } });
    const replies: ReaderReply[] = [];
    let failure: Error | null = null;
    let isOver = false;
    let wake: () => void = () => undefined;
    const post = (request: ReaderRequest): void => worker.postMessage(request, []);
    worker.on('message', (reply: ReaderReply) => {
      replies.push(reply);
      wake();
    });
    worker.on('error', (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
    });
    const ended = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        isOver = true;
        wake();
        resolve();
      });
    });
    const abort = (): void => post({ kind: 'abort' });
    signal.addEventListener('abort', abort);
    try {
      post({ kind: 'read', sources });
      post({ kind: 'more', events: eventsAhead });
      let taken = 0;
      for (;;) {
        const reply = replies.shift();
        if (reply === undefined) {
          if (isOver) throw failure ?? new Error('The thread that reads the archive ended.');
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        if (reply.kind === 'done') return;
        taken += 1;
        if (taken % (eventsAhead / 2) === 0) post({ kind: 'more', events: eventsAhead / 2 });
        yield reply.event;
      }
    } finally {
      signal.removeEventListener('abort', abort);
      // It holds nothing that an end could hurt.
      await worker.terminate();
      await ended;
    }
  };
}
