import { setTimeout as pause } from 'node:timers/promises';
import type { StorageError } from '../export/storage-error.js';
import { compressSession, type CompressedSession, type CompressSessionRequest } from './compress-session.js';

/** Compresses old segments in the background, a bounded amount at a time. */
export interface QuietCompression {
  /** Goes through the sessions that hold something plain, until the budget of this time is used up; a call meanwhile joins it. */
  readonly sweep: () => Promise<void>;
  /** Ends the file in hand at once; what is half-written is dropped. */
  readonly stop: () => Promise<void>;
}

/** What it works with and whom it tells. */
export interface QuietCompressionOptions extends Pick<
  CompressSessionRequest,
  'folders' | 'setAside' | 'now' | 'plainForMs' | 'budgetBytes'
> {
  /** The sessions that hold something plain. */
  readonly withPlain: () => readonly string[];
  readonly onCompressed: (sessionId: string, done: CompressedSession) => Promise<void> | void;
  /** What kept a file or all of them from being compressed; null once a sweep has gone through without. */
  readonly onTrouble: (error: StorageError | null) => void;
  /** Times that it rests for each time it works; nine tenths of the time by default. */
  readonly restPerWork?: number;
}

const longestRestMs = 10_000;

/** Makes one; it does nothing until `sweep` is called. A session that could not be compressed is left alone until the next start. */
export function compressQuietly(options: QuietCompressionOptions): QuietCompression {
  const { restPerWork = 9 } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const givenUp = new Set<string>();
  let sweeping: Promise<void> | null = null;

  async function run(): Promise<void> {
    let { budgetBytes } = options;
    for (const sessionId of options.withPlain()) {
      if (signal.aborted || budgetBytes <= 0) return;
      if (givenUp.has(sessionId)) continue;
      const startedMs = performance.now();
      const done = await compressSession({ ...options, sessionId, budgetBytes, signal });
      budgetBytes -= done.plainBytes;
      for (const failure of done.failures) options.onTrouble(failure);
      if (done.failures.length > 0) givenUp.add(sessionId);
      if (done.files > 0) await options.onCompressed(sessionId, done);
      const restMs = Math.min(longestRestMs, (performance.now() - startedMs) * restPerWork);
      if (restMs > 1) await pause(restMs, undefined, { signal, ref: false });
    }
    if (givenUp.size === 0) options.onTrouble(null);
  }

  async function sweep(): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }

  return {
    sweep() {
      sweeping ??= sweep().finally(() => {
        sweeping = null;
      });
      return sweeping;
    },
    async stop() {
      stopping.abort(new Error('The compression was stopped.'));
      await sweeping?.catch(() => undefined);
    },
  };
}
