import type { ListedFile } from './pending-listing.js';

/** How long a loose file has to stay the same before it is taken. */
const stillMs = 2000;
/** How long a fresh segment of ours is left to whoever wrote it, who asks for it by name. */
const writersTurnMs = 5000;

/** Tells when a sweep may take a file: a loose one unchanged for 2 s since first seen, one of ours 5 s after its export. */
export interface SettledFiles {
  /** How long until the file may be taken, milliseconds; 0 when it may now. */
  readonly waitMs: (file: ListedFile, nowMs: number) => number;
  readonly forget: (name: string) => void;
}

/** Starts with no file seen. */
export function watchForSettledFiles(): SettledFiles {
  const seen = new Map<string, { readonly sizeBytes: number; readonly modifiedMs: number; readonly sinceMs: number }>();
  return {
    waitMs({ name, sizeBytes, modifiedMs, exportedMs }, nowMs) {
      if (exportedMs !== null) {
        const ageMs = nowMs - exportedMs;
        return ageMs >= 0 && ageMs < writersTurnMs ? writersTurnMs - ageMs : 0;
      }
      const before = seen.get(name);
      const isSame = before?.sizeBytes === sizeBytes && before.modifiedMs === modifiedMs;
      if (isSame && before.sinceMs <= nowMs) return Math.max(0, before.sinceMs + stillMs - nowMs);
      seen.set(name, { sizeBytes, modifiedMs, sinceMs: nowMs });
      return stillMs;
    },
    forget: (name) => void seen.delete(name),
  };
}
