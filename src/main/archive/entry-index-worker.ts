import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { RestoreProgress } from './archive-tasks.js';
import type { VerifyProgress } from './verify-archive.js';

const folders = z.object({ exportsPending: z.string(), exportsArchive: z.string() });

const taskSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('read') }),
  z.object({
    task: z.literal('transcript'),
    request: z.object({
      session: z.string(),
      format: z.enum(['markdown', 'html']),
      folders,
      maskSecrets: z.boolean(),
      target: z.string().nullable(),
    }),
  }),
  z.object({ task: z.literal('verify'), folders }),
  z.object({
    task: z.literal('restore'),
    order: z.object({
      session: z.string(),
      into: z.string().nullable(),
      roots: z.array(z.string()),
      folders,
      cleanupDaysByRoot: z.record(z.string(), z.number()),
      usualCleanupDays: z.number(),
    }),
  }),
  z.object({ task: z.literal('index'), file: z.string(), exportsArchive: z.string().nullable() }),
]);

/** The threads of the archive: the one that holds the index, the one that reads for it, and those that live for one task. */
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
  } else if (task.task === 'verify' || task.task === 'restore') {
    const [{ serveTask }, tasks] = await Promise.all([import('./serve-task.js'), import('./archive-tasks.js')]);
    if (task.task === 'verify') await serveTask<VerifyProgress>(port, (context) => tasks.verify(task.folders, context));
    else await serveTask<RestoreProgress>(port, (context) => tasks.restore(task.order, context));
  } else {
    const { serveIndex } = await import('./serve-index.js');
    serveIndex(port, { ...task, readerUrl: new URL(import.meta.url) });
  }
}

await work();
