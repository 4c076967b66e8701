import type { AutoCompaction } from '../sessions/transcript-facts.js';
import { type ClientHints, noClientHints } from '../sessions/client-hints.js';

/** What tells of one session's window and compaction besides its readings. */
export interface ContextEvidence {
  readonly hints: ClientHints;
  /** Automatic compactions, in any order; those of other models don't count, and one that a fork has copied counts once. */
  readonly learnt: readonly AutoCompaction[];
}

/** Nothing that tells. */
export const noEvidence: ContextEvidence = { hints: noClientHints, learnt: [] };
