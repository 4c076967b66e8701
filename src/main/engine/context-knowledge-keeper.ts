import { isDeepStrictEqual } from 'node:util';
import path from 'node:path';
import { nothingKnown, type ContextKnowledge } from '../meter/context-knowledge.js';
import { groupLearnt } from '../meter/learnt-compactions.js';
import type { ClientHints } from '../sessions/client-hints.js';
import type { SessionFile } from '../sessions/session-file.js';
import type { AutoCompaction } from '../sessions/transcript-facts.js';
import type { SavedState } from './saved-state.js';

/** What is known of windows and compaction beyond single sessions, as it grows. */
export interface KnowledgeKeeper {
  /** What bears on this session; the same object until something new is known. */
  readonly about: (file: Pick<SessionFile, 'folder'>) => ContextKnowledge;
  /** Takes in the automatic compactions of one session, also ones that are known. */
  readonly learn: (compactions: readonly AutoCompaction[]) => void;
  /** Takes in what the client's settings in a config folder say, also when they say the same as before. */
  readonly takeHints: (configFolder: string, hints: ClientHints) => void;
}

/** Starts with what earlier runs have learnt; what is new is remembered for later ones. `onChange` is called when sessions have to be looked at anew. */
export function keepKnowledge({
  saved,
  onChange,
}: {
  readonly saved: Pick<SavedState, 'autoCompactions' | 'learnAutoCompactions'>;
  readonly onChange: () => void;
}): KnowledgeKeeper {
  const seen = new WeakSet<readonly AutoCompaction[]>();
  const hintsBy = new Map<string, ClientHints>();
  let known = new Map<string, ContextKnowledge>();
  let compactions = saved.autoCompactions();
  let learnt = groupLearnt(compactions);

  function change(): void {
    known = new Map();
    onChange();
  }

  return {
    about({ folder }) {
      const configFolder = path.dirname(path.dirname(folder));
      const found = known.get(configFolder);
      if (found !== undefined) return found;
      const made = { hints: hintsBy.get(configFolder) ?? nothingKnown.hints, learnt };
      known.set(configFolder, made);
      return made;
    },
    learn(ofSession) {
      if (ofSession.length === 0 || seen.has(ofSession)) return;
      seen.add(ofSession);
      saved.learnAutoCompactions(ofSession);
      if (saved.autoCompactions() === compactions) return;
      compactions = saved.autoCompactions();
      learnt = groupLearnt(compactions);
      change();
    },
    takeHints(configFolder, hints) {
      if (isDeepStrictEqual(hintsBy.get(configFolder), hints)) return;
      hintsBy.set(configFolder, hints);
      change();
    },
  };
}
