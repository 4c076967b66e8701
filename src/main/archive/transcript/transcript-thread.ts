import { Worker } from 'node:worker_threads';
import { StorageError } from '../../export/storage-error.js';
import type { TranscriptOutcome, TranscriptRequest } from './write-transcript.js';

/** What the thread answers, once. */
export type TranscriptReply =
  | { readonly kind: 'done'; readonly outcome: TranscriptOutcome }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string; readonly mend: string };

/**
 * Writes a transcript as `writeTranscript` does, in a thread that lives as long as that; ended by `signal`. `workerUrl`
 * is the built `entry-index-worker.js`; with null it is written in this thread (for runs from the sources).
 */
export async function writeTranscriptAside(
  workerUrl: URL | null,
  request: TranscriptRequest,
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => Date },
): Promise<TranscriptOutcome> {
  if (workerUrl === null) {
    const { writeTranscript } = await import('./write-transcript.js');
    return writeTranscript(request, { signal, now });
  }
  signal.throwIfAborted();
  const worker = new Worker(workerUrl, { workerData: { task: 'transcript', request } });
  const end = (): void => void worker.terminate();
  signal.addEventListener('abort', end);
  try {
    const reply = await new Promise<TranscriptReply>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      // What it had begun is a temporary file, which the next one removes.
      worker.once('exit', () => reject(signal.reason ?? new Error('The thread that writes transcripts ended.')));
    });
    if (reply.kind === 'done') return reply.outcome;
    throw new StorageError(reply.message, { code: reply.code, mend: reply.mend });
  } finally {
    signal.removeEventListener('abort', end);
    await worker.terminate();
  }
}
