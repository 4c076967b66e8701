import type { PendingExport } from '../../shared/app-state.js';
import type { StorageError } from '../export/storage-error.js';
import type { ArchiveSurroundings, ProcessedExport } from './archive-export.js';
import type { BatchResult } from './batch-counts.js';
import type { ListedFile } from './pending-listing.js';

/** A file whose processing failed; it stays in the pending folder and is tried again. */
export interface FailedExport {
  readonly name: string;
  readonly sessionId: string | null;
  readonly attempts: number;
  readonly message: string;
  readonly mend: string;
  /** The system's name for the cause, such as `ENOSPC`. */
  readonly code: string;
  /** The growing pauses are used up: from now on hourly, or when the user asks. */
  readonly final: boolean;
}

/** What came of one file. `not-ready`: a loose file that is still being written, or a queue that was stopped. */
export type ProcessOutcome =
  | { readonly kind: 'processed'; readonly result: ProcessedExport }
  | { readonly kind: 'failed'; readonly failure: FailedExport }
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'gone' };

/** What the queue works with and whom it tells. */
export interface PendingQueueOptions extends ArchiveSurroundings {
  readonly log: (message: string) => void;
  /** What people see has changed: the list, or only how many there are. */
  readonly onChange: (pending: readonly PendingExport[]) => void;
  readonly onProcessed: (result: ProcessedExport) => void;
  readonly onFailed: (failure: FailedExport) => void;
  /** A segment has a manifest that is none: it is to be completed or set aside. Runs alone. */
  readonly onDamaged?: (name: string) => Promise<void>;
  /** After each sweep of its own: what kept it from looking at the folder, or null. */
  readonly onFolder?: (trouble: StorageError | null) => void;
  readonly retryPausesMs?: readonly number[];
}

/** The pending folder as a queue: one file at a time, oldest first. */
export interface PendingQueue {
  /** Processes everything now, every 60 s and when the folder changes; tells of each sweep that processed a file. */
  readonly start: (onBatch: (batch: BatchResult) => void) => void;
  /** Ends what `start` began, as long as somebody else does the processing; the file in hand is finished. */
  readonly pause: () => void;
  /** Lists the folder again and touches nothing. */
  readonly refresh: () => Promise<void>;
  /** Processes all that is due. A call during a sweep joins it; the sweep then looks at the folder once more. */
  readonly processAll: () => Promise<BatchResult>;
  /** Processes one file, due or not: after the file in hand, before the rest of a sweep. Answers for one just done too. */
  readonly processOne: (name: string) => Promise<ProcessOutcome>;
  /** Processes all, without waiting for the pauses of failed files. */
  readonly retryNow: () => Promise<BatchResult>;
  /** What people see: what is in work or in trouble, and the oldest of the others; at most 200, oldest first. */
  readonly pending: () => readonly PendingExport[];
  /** How many files wait, shown or not. */
  readonly total: () => number;
  /** A file that waits, by its name. */
  readonly find: (name: string) => ListedFile | undefined;
  /** Whether a segment waits, shown or not, whose name says that it is of this session. */
  readonly holdsSession: (sessionId: string) => boolean;
  /** Runs `work` while no file is in hand, then lists the folder again. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Ends the file in hand and all timers. */
  readonly stop: () => Promise<void>;
}
