import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

const taskSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('read') }),
  z.object({
    task: z.literal('transcript'),
    request: z.object({
      session: z.string(),
      format: z.enum(['markdown', 'html']),
      folders: z.object({ exportsPending: z.string(), exportsArchive: z.string() }),
      maskSecrets: z.boolean(),
      target: z.string().nullable(),
    }),
  }),
  z.object({ task: z.literal('index'), file: z.string(), exportsArchive: z.string().nullable() }),
]);

/** The threads of the archive: the one that holds the index, the one that reads for it, and the one that writes transcripts. */
async function work(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a worker thread only.');
  const task = taskSchema.parse(workerData);
  if (task.task === 'read') {
    const { servePieces } = await import('./serve-pieces.js');
    servePieces(port);
  } else if (task.task === 'transcript') {
    const { serveTranscript } = await import('./transcript/serve-transcript.js');
    await serveTranscript(port, task.request);
  } else {
    const { serveIndex } = await import('./serve-index.js');
    serveIndex(port, { ...task, readerUrl: new URL(import.meta.url) });
  }
}

await work();
