import { Worker } from 'node:worker_threads';
import { StorageError } from '../export/storage-error.js';

/** What a task's thread answers: now and then how far it is, at the end what came of it. */
export type TaskReply =
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'done'; readonly outcome: unknown }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string; readonly mend: string };

/** Said to the thread to end it: it undoes what is half-done, and answers `cancelled`. */
export const cancelTask = 'cancel';

/** So long a cancelled task may take for its undoing, before its thread is ended; a drive that hangs holds up nobody. */
const graceMs = 5_000;

/**
 * Runs one task in a thread that lives as long as it. `workerUrl` is the built `entry-index-worker.js`, and `task` what it
 * reads as its `workerData`. Rejects with the signal's reason, with the task's `StorageError`, or where the thread ends.
 */
export async function runInThread<Outcome, Progress = never>(
  workerUrl: URL,
  task: { readonly task: string; readonly [name: string]: unknown },
  {
    signal,
    onProgress = () => undefined,
  }: { readonly signal?: AbortSignal | undefined; readonly onProgress?: ((progress: Progress) => void) | undefined },
): Promise<Outcome> {
  signal?.throwIfAborted();
  const worker = new Worker(workerUrl, { workerData: task });
  let grace: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    worker.postMessage(cancelTask, []);
    grace = setTimeout(() => void worker.terminate(), graceMs).unref();
  };
  signal?.addEventListener('abort', cancel);
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      worker.on('message', (reply: TaskReply) => {
        switch (reply.kind) {
          case 'progress':
            return onProgress(reply.progress as Progress);
          case 'done':
            return resolve(reply.outcome as Outcome);
          case 'cancelled':
            return reject(signal?.reason);
          case 'failed':
            return reject(new StorageError(reply.message, { code: reply.code, mend: reply.mend }));
        }
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(signal?.reason ?? new Error('A thread of the archive ended unexpectedly.')));
    });
  } finally {
    clearTimeout(grace);
    signal?.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}
