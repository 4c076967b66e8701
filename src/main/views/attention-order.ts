import type { SessionState } from '../../shared/app-state.js';

/**
 * Sessions in the order in which they need their user: live ones first, those that wait for an answer before those that
 * work, each the nearest to its compaction line first (to the full window where it has none, unknown last); then the
 * idle ones, the newest first. The same order every time, whatever the order given.
 */
export function sortByAttention(sessions: readonly SessionState[]): SessionState[] {
  return sessions.toSorted(
    (one, other) =>
      rankOf(one) - rankOf(other) ||
      (one.live ? nearnessOf(other) - nearnessOf(one) : 0) ||
      (other.lastActivityAt ?? '').localeCompare(one.lastActivityAt ?? '') ||
      one.id.localeCompare(other.id),
  );
}

function rankOf({ live, client }: SessionState): number {
  if (!live) return 2;
  return client?.status === 'waiting' ? 0 : 1;
}

/** Part of the way to the compaction line; -1 where it is unknown. */
function nearnessOf({ usedTokens, percent, compactionLine }: SessionState): number {
  const lineTokens = compactionLine?.tokens ?? null;
  if (usedTokens !== null && lineTokens !== null && lineTokens > 0) return usedTokens / lineTokens;
  return percent === null ? -1 : percent / 100;
}
