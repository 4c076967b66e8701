import type { AutoCompaction } from '../sessions/transcript-facts.js';
import { type ClientHints, noClientHints } from '../sessions/client-hints.js';
import { groupLearnt } from '../meter/learnt-compactions.js';
import type { ContextKnowledge } from '../meter/context-knowledge.js';
import type { SavedState } from './saved-state.js';

/** What is known of windows and compaction beyond single sessions, as it grows. */
export interface KnowledgeKeeper {
  /** The same object until something new is known. */
  readonly current: () => ContextKnowledge;
  /** Takes in the automatic compactions of one session, also ones that are known. */
  readonly learn: (compactions: readonly AutoCompaction[]) => void;
  readonly takeHints: (hints: ClientHints) => void;
}

/** Starts with what earlier runs have learnt; what is new is remembered for later ones. `onChange` is called when every session has to be looked at anew. */
export function keepKnowledge({
  saved,
  onChange,
}: {
  readonly saved: Pick<SavedState, 'autoCompactions' | 'learnAutoCompactions'>;
  readonly onChange: () => void;
}): KnowledgeKeeper {
  const seen = new WeakSet<readonly AutoCompaction[]>();
  let compactions = saved.autoCompactions();
  let current: ContextKnowledge = { hints: noClientHints, learnt: groupLearnt(compactions) };

  return {
    current: () => current,
    learn(ofSession) {
      if (ofSession.length === 0 || seen.has(ofSession)) return;
      seen.add(ofSession);
      saved.learnAutoCompactions(ofSession);
      if (saved.autoCompactions() === compactions) return;
      compactions = saved.autoCompactions();
      current = { ...current, learnt: groupLearnt(compactions) };
      onChange();
    },
    takeHints(hints) {
      if (hints === current.hints) return;
      current = { ...current, hints };
      onChange();
    },
  };
}
