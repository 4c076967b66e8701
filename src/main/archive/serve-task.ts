import type { MessagePort } from 'node:worker_threads';
import { StorageError } from '../export/storage-error.js';
import { cancelTask, type TaskReply } from './task-thread.js';

/** What a task gets: the signal that ends it, and where it says how far it is, as often as it likes. */
export interface TaskContext<Progress> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** The pause between two words on the progress. */
const pauseMs = 100;

/** The other end of `runInThread`: runs the task and answers. What it throws that is no `StorageError` ends the thread. */
export async function serveTask<Progress>(
  port: MessagePort,
  task: (context: TaskContext<Progress>) => Promise<unknown>,
): Promise<void> {
  const control = new AbortController();
  const reply = (message: TaskReply): void => port.postMessage(message);
  port.on('message', (message) => {
    if (message === cancelTask) control.abort(new Error('Cancelled.'));
  });
  let toldMs = Number.NEGATIVE_INFINITY;
  const onProgress = (progress: Progress): void => {
    const nowMs = performance.now();
    if (nowMs - toldMs < pauseMs) return;
    toldMs = nowMs;
    reply({ kind: 'progress', progress });
  };
  try {
    reply({ kind: 'done', outcome: await task({ signal: control.signal, onProgress }) });
  } catch (error) {
    if (control.signal.aborted) return reply({ kind: 'cancelled' });
    if (!(error instanceof StorageError)) throw error;
    reply({ kind: 'failed', message: error.message, code: error.code, mend: error.mend });
  } finally {
    port.close();
  }
}
