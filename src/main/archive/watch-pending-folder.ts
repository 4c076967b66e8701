import { watch, type FSWatcher } from 'node:fs';
import { createStorageFolder } from '../export/storage-folder.js';
import { parseSegmentName } from '../export/segment-name.js';

const quietMs = 500;
const regularMs = 60_000;

/**
 * Calls `onEvent` every 60 s, and half a second after another tool began to drop files. Segments of ours bring no event:
 * whoever writes one hands it to the queue. One watch on the folder, however many files are in it. The folder is made if it is missing; one
 * that can't be watched is said to `log`, and the regular look stays. Returns the stop.
 */
export function watchPendingFolder(folder: string, onEvent: () => void, log: (message: string) => void): () => void {
  const regular = setInterval(onEvent, regularMs).unref();
  let timer: NodeJS.Timeout | null = null;
  let watcher: FSWatcher | null = null;
  let stopped = false;

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = null;
      onEvent();
    }, quietMs).unref();
  }

  function hear(name: string | null): void {
    if (name === null || (/\.(?:jsonl|txt)$/.test(name) && !name.startsWith('.') && !parseSegmentName(name))) soon();
  }

  function giveUp(error: unknown): void {
    watcher?.close();
    watcher = null;
    log(`The pending folder sends no events and is looked at once a minute: ${String(error)}`);
  }

  async function begin(): Promise<void> {
    await createStorageFolder(folder);
    if (stopped) return;
    watcher = watch(folder, { persistent: false }, (_event, name) => hear(name));
    watcher.on('error', giveUp);
    // What was dropped before it began is announced by nobody.
    soon();
  }

  begin().catch(giveUp);
  return () => {
    stopped = true;
    clearInterval(regular);
    if (timer) clearTimeout(timer);
    watcher?.close();
    watcher = null;
  };
}
