import type { AppState } from '../shared/app-state.js';

/**
 * The next state with the previous objects for all sessions that have not changed. Every state comes over the
 * process border as a copy; with this, a row is drawn again only when its own session changed.
 */
export function shareUnchanged(previous: AppState | null, next: AppState): AppState {
  if (previous === null) return next;
  const known = new Map(previous.sessions.map((session) => [session.id, session]));
  const sessions = next.sessions.map((session) => {
    const before = known.get(session.id);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(session) ? before : session;
  });
  return { ...next, sessions };
}
