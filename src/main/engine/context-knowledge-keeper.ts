import type { AutoCompaction } from '../sessions/transcript-facts.js';
import type { ClientHints } from '../meter/client-hints.js';
import { noClientHints } from '../meter/client-hints.js';
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
  let current: ContextKnowledge = { hints: noClientHints, learnt: saved.autoCompactions() };

  return {
    current: () => current,
    learn(compactions) {
      if (compactions.length === 0 || seen.has(compactions)) return;
      seen.add(compactions);
      saved.learnAutoCompactions(compactions);
      const learnt = saved.autoCompactions();
      if (learnt === current.learnt) return;
      current = { ...current, learnt };
      onChange();
    },
    takeHints(hints) {
      if (hints === current.hints) return;
      current = { ...current, hints };
      onChange();
    },
  };
}
