import type { SessionState } from '../shared/app-state.js';

/** The live session with the highest percent; one without a reading only where no live session has one; null without a live session. Dismissed ones don't count. */
export function fullestSession(sessions: readonly SessionState[]): SessionState | null {
  let fullest: SessionState | null = null;
  for (const session of sessions) {
    if (session.dismissed || !session.live) continue;
    if (fullest === null || (session.percent ?? -1) > (fullest.percent ?? -1)) fullest = session;
  }
  return fullest;
}
