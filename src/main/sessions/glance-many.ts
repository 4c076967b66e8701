import { Worker } from 'node:worker_threads';
import { glanceNow } from './glance-now.js';
import type { SessionFile } from './session-file.js';
import type { TranscriptRead } from './transcript-read.js';

/** What threads that glance at the same files have in common. */
export interface GlanceShare {
  readonly files: readonly SessionFile[];
  /** One number in shared memory: the next file that nobody has taken. */
  readonly next: Int32Array;
}

/** What a glance has found, with the file's place in the list. */
export type FoundAt = readonly [index: number, read: TranscriptRead];

/** For fewer files a thread costs more than it saves. */
const filesWorthAThread = 100;
const scratchBytes = 4 * 1024 * 1024;

/**
 * Glances at the ends of many files and hands each reading to `take`, in any order: in this thread and, where
 * `workerUrl` names the built `glance-worker.js` and the files are many, in a second one, each file in the one that is
 * free for it. What a thread that fails has left is done here.
 */
export async function glanceAtMany(
  files: readonly SessionFile[],
  workerUrl: URL | null,
  take: (index: number, read: TranscriptRead) => void,
): Promise<void> {
  const share = { files, next: new Int32Array(new SharedArrayBuffer(4)) };
  const elsewhere = workerUrl !== null && files.length >= filesWorthAThread ? askWorker(workerUrl, share) : [];
  const missing = new Set(files.keys());
  const note = ([index, read]: FoundAt) => {
    missing.delete(index);
    take(index, read);
  };
  glanceAtShare(share, note);
  for (const found of await elsewhere) note(found);
  const scratch = Buffer.allocUnsafe(scratchBytes);
  for (const index of missing) take(index, glanceNow(files[index] as SessionFile, scratch));
}

/** Glances at file after file, each that no other thread has taken. */
export function glanceAtShare({ files, next }: GlanceShare, note: (found: FoundAt) => void): void {
  const scratch = Buffer.allocUnsafe(scratchBytes);
  for (;;) {
    const index = Atomics.add(next, 0, 1);
    const file = files[index];
    if (file === undefined) return;
    note([index, glanceNow(file, scratch)]);
  }
}

function askWorker(workerUrl: URL, share: GlanceShare): Promise<readonly FoundAt[]> {
  return new Promise((resolve) => {
    const worker = new Worker(workerUrl, { workerData: share });
    worker.once('message', resolve);
    worker.once('error', () => resolve([]));
    worker.once('exit', () => resolve([]));
  });
}
