import type { PendingFile } from './pending-files.js';

/** How long a loose file has to stay the same before it is taken. */
const stillMs = 2000;
/** How long a fresh segment of ours is left to whoever wrote it, who asks for it by name. */
const writersTurnMs = 5000;

/** Tells when a sweep may take a file: a loose one unchanged for 2 s since first seen, one of ours 5 s after its export. */
export interface SettledFiles {
  /** How long until the file may be taken, milliseconds; 0 when it may now. */
  readonly waitMs: (file: PendingFile, nowMs: number) => number;
  /** Forgets the files that are not in the list. */
  readonly keepOnly: (files: readonly PendingFile[]) => void;
}

/** Starts with no file seen. */
export function watchForSettledFiles(): SettledFiles {
  const seen = new Map<string, { readonly look: string; readonly sinceMs: number }>();
  return {
    waitMs({ name, sizeBytes, modifiedMs, manifest }, nowMs) {
      if (manifest) {
        const ageMs = nowMs - Date.parse(manifest.exportedAt);
        return ageMs >= 0 && ageMs < writersTurnMs ? writersTurnMs - ageMs : 0;
      }
      const look = `${sizeBytes} ${modifiedMs}`;
      const before = seen.get(name);
      if (before?.look === look && before.sinceMs <= nowMs) return Math.max(0, before.sinceMs + stillMs - nowMs);
      seen.set(name, { look, sinceMs: nowMs });
      return stillMs;
    },
    keepOnly(files) {
      const names = new Set(files.map(({ name }) => name));
      for (const name of seen.keys()) if (!names.has(name)) seen.delete(name);
    },
  };
}
