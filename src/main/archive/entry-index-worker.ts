import { parentPort, workerData } from 'node:worker_threads';
import type { IndexMessage, IndexReply } from './entry-index.js';
import { serveEntryDatabase } from './entry-service.js';
import { errorCode, StorageError } from '../export/storage-error.js';

/** The thread behind `openEntryIndex`: answers its calls in order and ends itself after `close`. */
function answerCalls(): void {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a worker thread only.');
  const service = serveEntryDatabase(String(workerData));
  port.on('message', (message: IndexMessage) => {
    if (message.kind === 'close') {
      service.close();
      port.close();
      return;
    }
    port.postMessage(reply(message.id, () => service.answer(message.call)));
  });
}

function reply(id: number, work: () => unknown): IndexReply {
  try {
    return { id, ok: true, value: work() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, ok: false, message, code: errorCode(error), mend: error instanceof StorageError ? error.mend : null };
  }
}

answerCalls();
