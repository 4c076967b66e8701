/**
 * Something that takes its time. `index`: the index is being brought up to what is archived; `reindex`: it is built anew;
 * `verify`: everything archived is read and compared; `restore`: a session is brought back.
 */
export type JobKind = 'index' | 'reindex' | 'verify' | 'restore';

/** A job that the page may start. `chosen`: into a folder that main asks for in its own dialog. */
export type JobWish =
  | { readonly kind: 'index' | 'reindex' | 'verify' }
  | { readonly kind: 'restore'; readonly sessionId: string; readonly place: 'original' | 'chosen' };

/** What came of the wish. `refused`: it makes no sense now, and the message says why. */
export type JobAnswer =
  { readonly kind: 'started' | 'cancelled' } | { readonly kind: 'refused'; readonly message: string };

/** Something that a job found wrong, and what mends it. */
export interface JobTrouble {
  readonly message: string;
  readonly mend: string;
}

/** The first troubles that were found, and how many there are in all. */
export interface JobTroubles {
  readonly troubles: readonly JobTrouble[];
  readonly troublesTotal: number;
}

/** What a job came to. `cancelled`: at the user's wish; `done` says how far it was. */
export type JobResult =
  | ({
      readonly kind: 'verified';
      readonly sessions: number;
      readonly segments: number;
      readonly bytes: number;
    } & JobTroubles)
  | ({ readonly kind: 'indexed'; readonly exports: number; readonly messages: number } & JobTroubles)
  | ({
      readonly kind: 'restored' | 'already-there';
      readonly path: string;
      readonly bytes: number;
      /** Files of its sub-agents and tools that came along. */
      readonly files: number;
      /** Its time is that of the restoration: with its own the client would delete it as too old. */
      readonly isStampedNow: boolean;
    } & JobTroubles)
  /** `isOfPlace`: it could go into another folder. */
  | { readonly kind: 'refused'; readonly message: string; readonly mend: string; readonly isOfPlace: boolean }
  | { readonly kind: 'failed'; readonly message: string; readonly mend: string }
  | { readonly kind: 'cancelled' };

/** How far a job is. */
export interface JobProgress {
  /** Sessions when verifying, exports when indexing, bytes when restoring. It only grows. */
  readonly done: number;
  /** Null until it is known. */
  readonly total: number | null;
  /** Unpacked bytes that were read; null where nobody counts them. */
  readonly bytes: number | null;
}

/** A job that runs, or one that has ended and was not dismissed yet. */
export interface Job extends JobProgress {
  readonly id: number;
  readonly kind: JobKind;
  /** The session that is restored. */
  readonly sessionId: string | null;
  /** `stopping`: it was cancelled, and ends what is in hand. */
  readonly state: 'running' | 'stopping' | 'ended';
  /** Set once it has ended. */
  readonly result: JobResult | null;
}
