import type { ProcessedExport } from './archive-export.js';

/** What a sweep over the pending folder did. `newMessages` is null when no file's count is known. */
export interface BatchResult {
  readonly files: number;
  readonly newMessages: number | null;
  readonly failed: number;
  /** Of the processed files that name one, each once: the first 20. */
  readonly sessionIds: readonly string[];
}

/** Counts what a sweep does. */
export interface BatchCounts {
  readonly add: (result: Pick<ProcessedExport, 'newMessages' | 'sessionId'>) => void;
  readonly addFailure: () => void;
  readonly result: () => BatchResult;
}

const mostNamed = 20;

/** Starts at nothing. */
export function countBatch(): BatchCounts {
  let [files, failed] = [0, 0];
  const sessionIds = new Set<string>();
  let newMessages: number | null = null;
  return {
    add(result) {
      files += 1;
      if (result.sessionId !== null && sessionIds.size < mostNamed) sessionIds.add(result.sessionId);
      if (result.newMessages !== null) newMessages = (newMessages ?? 0) + result.newMessages;
    },
    addFailure() {
      failed += 1;
    },
    result: () => ({ files, newMessages, failed, sessionIds: [...sessionIds] }),
  };
}
