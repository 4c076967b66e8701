import path from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import { createPrivateFolder } from '../export/atomic-file.js';
import { parseSegmentName } from '../export/segment-name.js';

const quietMs = 500;
const regularMs = 60_000;

/**
 * Calls `onEvent` every 60 s, and half a second after another tool began to drop files. Segments of ours bring no event:
 * whoever writes one hands it to the queue. The folder is made if it is missing; one that can't be watched is said to
 * `log`, and the regular look stays. Returns the stop.
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
    }, quietMs);
  }

  function isOther(entry: string): boolean {
    const name = path.relative(folder, entry);
    return name !== '' && (!/\.(?:jsonl|txt)$/.test(name) || parseSegmentName(name) !== null);
  }

  function giveUp(error: unknown): void {
    close();
    log(`The pending folder sends no events and is looked at once a minute: ${String(error)}`);
  }

  function close(): void {
    watcher
      ?.close()
      .catch((error: unknown) => log(`The watch on the pending folder did not end well: ${String(error)}`));
    watcher = null;
  }

  async function begin(): Promise<void> {
    await createPrivateFolder(folder);
    if (stopped) return;
    watcher = watch(folder, { depth: 0, ignoreInitial: true, persistent: false, ignored: isOther });
    // What was dropped while it got ready is announced by nobody.
    watcher.on('all', soon).on('ready', soon).on('error', giveUp);
  }

  begin().catch(giveUp);
  return () => {
    stopped = true;
    clearInterval(regular);
    if (timer) clearTimeout(timer);
    close();
  };
}
