import type { AutoCompaction } from '../sessions/transcript-facts.js';
import { type ClientHints, noClientHints } from './client-hints.js';

/** What is known of windows and compaction beyond a session's own lines. */
export interface ContextKnowledge {
  readonly hints: ClientHints;
  /** Automatic compactions in the user's transcripts, in any order; one that a fork has copied may be there twice. */
  readonly learnt: readonly AutoCompaction[];
}

/** Nothing beyond the session's own lines. */
export const nothingKnown: ContextKnowledge = { hints: noClientHints, learnt: [] };
