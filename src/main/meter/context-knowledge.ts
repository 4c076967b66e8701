import type { AutoCompaction, TranscriptFacts } from '../sessions/transcript-facts.js';
import { type ClientHints, noClientHints } from '../sessions/client-hints.js';
import type { ContextEvidence } from './context-evidence.js';
import { type LearntCompactions, noneLearnt } from './learnt-compactions.js';
import { plainModelName } from './model-name.js';

/** What is known of windows and compaction beyond the sessions' own lines; one value for all of them. */
export interface ContextKnowledge {
  readonly hints: ClientHints;
  readonly learnt: LearntCompactions;
}

/** Nothing beyond the sessions' own lines. */
export const nothingKnown: ContextKnowledge = { hints: noClientHints, learnt: noneLearnt };

/** What counts for one session: the automatic compactions of its model in all the user's transcripts and in its own. */
export function evidenceFor({ hints, learnt }: ContextKnowledge, facts: TranscriptFacts): ContextEvidence {
  const model = facts.reading?.model ?? null;
  const others: readonly AutoCompaction[] = model === null ? [] : (learnt.get(plainModelName(model)) ?? []);
  return { hints, learnt: [...others, ...facts.autoCompactions] };
}
