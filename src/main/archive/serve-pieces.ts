import type { MessagePort } from 'node:worker_threads';
import { makePieceReader } from './piece-reader.js';
import type { ReaderReply, ReaderRequest } from './piece-reader-thread.js';

/** The other end of `readInThread`: reads what it is told, and no further ahead than events are wanted. */
export function servePieces(port: MessagePort): void {
  const control = new AbortController();
  let wanted = 0;
  let wake: () => void = () => undefined;
  const reply = (message: ReaderReply, moved: readonly ArrayBuffer[] = []): void => port.postMessage(message, moved);

  function oneWanted(): Promise<void> {
    return new Promise((resolve) => {
      if (wanted > 0) resolve();
      else wake = resolve;
    });
  }

  async function read(request: Extract<ReaderRequest, { kind: 'read' }>): Promise<void> {
    for await (const event of makePieceReader()(request.sources, control.signal)) {
      await oneWanted();
      wanted -= 1;
      const moved = event.kind === 'entries' ? [event.batch.keys.buffer, event.batch.texts.buffer] : [];
      reply({ kind: 'event', event }, moved);
    }
    reply({ kind: 'done' });
  }

  port.on('message', (request: ReaderRequest) => {
    switch (request.kind) {
      case 'read':
        // What it throws ends the thread, which the other end hears of.
        void read(request);
        return;
      case 'more':
        wanted += request.events;
        wake();
        return;
      case 'abort':
        control.abort();
    }
  });
}
