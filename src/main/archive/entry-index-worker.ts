import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

const taskSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('read') }),
  z.object({ task: z.literal('index'), file: z.string(), exportsArchive: z.string().nullable() }),
]);

/** The threads of the index: the one that holds the database, and the one that reads the archive for it. */
async function work(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a worker thread only.');
  const task = taskSchema.parse(workerData);
  if (task.task === 'read') {
    const { servePieces } = await import('./serve-pieces.js');
    servePieces(port);
  } else {
    const { serveIndex } = await import('./serve-index.js');
    serveIndex(port, { ...task, readerUrl: new URL(import.meta.url) });
  }
}

await work();
