import type { SessionFile } from '../sessions/session-file.js';
import type { SavedState } from './saved-state.js';

/** Sessions that the user doesn't want to see until they are written to again. */
export interface Dismissals {
  readonly isDismissed: (file: Pick<SessionFile, 'id' | 'modifiedAtMs'>) => boolean;
  readonly set: (file: Pick<SessionFile, 'id' | 'modifiedAtMs'>, dismissed: boolean) => void;
}

const mostKept = 500;

/** Keeps dismissals across restarts, the newest 500. Each holds for the file as it was: a later write ends it, whatever the clock says. */
export function keepDismissals(saved: SavedState): Dismissals {
  const modifiedAtMsById = new Map(Object.entries(saved.dismissals()));
  return {
    isDismissed: ({ id, modifiedAtMs }) => modifiedAtMs <= (modifiedAtMsById.get(id) ?? Number.NEGATIVE_INFINITY),
    set({ id, modifiedAtMs }, dismissed) {
      modifiedAtMsById.delete(id);
      if (dismissed) modifiedAtMsById.set(id, modifiedAtMs);
      saved.setDismissals(Object.fromEntries([...modifiedAtMsById].slice(-mostKept)));
    },
  };
}
