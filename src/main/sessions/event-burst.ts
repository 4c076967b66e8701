import type { StartWatch } from './folder-watch.js';

/** Linux's queue of file events holds 16 384 and drops what comes then, silently; some systems are set to fewer. */
const suspiciousCount = 4096;

/**
 * A `startWatch` that calls `onBurst` when so many events come in one turn of the event loop that the system's queue may
 * have overflown before: then events are missing, and nobody knows which.
 */
export function noticeBursts(startWatch: StartWatch, onBurst: () => void): StartWatch {
  let count = 0;

  function startCount(): void {
    setImmediate(() => {
      const isBurst = count >= suspiciousCount;
      count = 0;
      if (isBurst) onBurst();
    });
  }

  return (folder, onEvent) =>
    startWatch(folder, (event, name) => {
      if (count === 0) startCount();
      count += 1;
      onEvent(event, name);
    });
}
