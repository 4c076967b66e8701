import type { SessionHistory } from '../../shared/app-state.js';
import type { TranscriptFacts } from '../sessions/transcript-facts.js';

const shownMs = 6 * 3_600_000;
const msPerMinute = 60_000;

/** How the session filled over the 6 hours up to its newest reading, in parts of the window as it is now; null with fewer than two readings. */
export function sessionHistory(readings: TranscriptFacts['history'], windowTokens: number): SessionHistory | null {
  const newest = readings.at(-1);
  if (newest === undefined) return null;
  const shown = readings.filter(({ atMs }) => newest.atMs - atMs <= shownMs);
  const [first] = shown;
  if (first === undefined || shown.length < 2) return null;
  return {
    from: new Date(first.atMs).toISOString(),
    minutes: shown.map(({ atMs }) => Math.round((atMs - first.atMs) / msPerMinute)),
    percents: shown.map(({ usedTokens }) => Math.round((usedTokens / windowTokens) * 100)),
  };
}
