import type { MessagePort } from 'node:worker_threads';
import { StorageError } from '../../export/storage-error.js';
import type { TranscriptReply } from './transcript-thread.js';
import { writeTranscript, type TranscriptRequest } from './write-transcript.js';

/** The other end of `writeTranscriptAside`: writes one transcript and answers. What is no `StorageError` ends the thread. */
export async function serveTranscript(port: MessagePort, request: TranscriptRequest): Promise<void> {
  const reply = (message: TranscriptReply): void => port.postMessage(message);
  try {
    reply({ kind: 'done', outcome: await writeTranscript(request, { now: () => new Date() }) });
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    reply({ kind: 'failed', message: error.message, code: error.code, mend: error.mend });
  }
}
