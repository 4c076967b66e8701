import type { MessagePort } from 'node:worker_threads';
import { errorCode, StorageError } from '../export/storage-error.js';
import { serveEntryDatabase, type ServedIndex } from './entry-service.js';
import type { IndexMessage, IndexReply } from './index-connection.js';

/** The other end of `connectToIndex`: answers its calls in order and ends itself after `close`. */
export function serveIndex(port: MessagePort, served: ServedIndex): void {
  const service = serveEntryDatabase(served);
  const running = new Map<number, AbortController>();
  const reply = (message: IndexReply): void => port.postMessage(message);

  async function answer({ id, call }: Extract<IndexMessage, { kind: 'call' }>): Promise<void> {
    const control = new AbortController();
    running.set(id, control);
    try {
      const onProgress = (progress: object) => reply({ id, kind: 'progress', progress });
      reply({ id, kind: 'done', value: await service.answer(call, { signal: control.signal, onProgress }) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const mend = error instanceof StorageError ? error.mend : null;
      reply({ id, kind: 'failed', message, code: errorCode(error), mend });
    } finally {
      running.delete(id);
    }
  }

  port.on('message', (message: IndexMessage) => {
    switch (message.kind) {
      case 'call':
        void answer(message);
        return;
      case 'cancel':
        running.get(message.id)?.abort();
        return;
      case 'close':
        void service.close().finally(() => port.close());
    }
  });
}
