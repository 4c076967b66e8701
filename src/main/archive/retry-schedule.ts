import type { PendingExport } from '../../shared/app-state.js';

/** Growing pauses between the tries of one file; after the last of them it counts as failed and is tried hourly. */
export const usualRetryPausesMs: readonly number[] = [10_000, 30_000, 120_000, 600_000];

const hourMs = 3_600_000;

/** What the queue knows of a file besides the file itself. */
export interface FileProgress extends Pick<PendingExport, 'state' | 'attempts' | 'problem'> {
  /** When it may be tried next, epoch milliseconds. */
  readonly dueMs: number;
}

/** A file that was not tried yet. */
export const untried: FileProgress = { state: 'waiting', attempts: 0, problem: null, dueMs: 0 };

/** The progress after one more try has failed. */
export function afterFailure(
  { attempts }: FileProgress,
  problem: string,
  nowMs: number,
  pausesMs: readonly number[],
): FileProgress {
  const pauseMs = pausesMs[attempts];
  return {
    state: pauseMs === undefined ? 'failed' : 'retrying',
    attempts: attempts + 1,
    problem,
    dueMs: nowMs + (pauseMs ?? hourMs),
  };
}

/** Whether a try is due; a pause longer than any there is comes from a clock that was set back, and counts as over. */
export function isDue({ dueMs }: Pick<FileProgress, 'dueMs'>, nowMs: number): boolean {
  return dueMs <= nowMs || dueMs - nowMs > hourMs;
}
