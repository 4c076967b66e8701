import { isDeepStrictEqual } from 'node:util';
import type { AppState } from '../../shared/app-state.js';

/** Holds the one `AppState` and tells who listens when there is a new one. */
export interface StateHolder {
  readonly state: () => AppState;
  /** Takes the next state; a state equal to the present one is dropped, any other gets the next revision. */
  readonly publish: (next: Omit<AppState, 'revision'>) => void;
  /** Calls `listener` with every new state; returns its undo. */
  readonly subscribe: (listener: (state: AppState) => void) => () => void;
}

/** Makes a holder whose first state has revision 1. */
export function holdState(first: Omit<AppState, 'revision'>): StateHolder {
  let state: AppState = { ...first, revision: 1 };
  const listeners = new Set<(state: AppState) => void>();
  return {
    state: () => state,
    publish(next) {
      if (isDeepStrictEqual(state, { ...next, revision: state.revision })) return;
      state = { ...next, revision: state.revision + 1 };
      for (const listener of listeners) listener(state);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
