/** How full a session was at a time: used tokens, and milliseconds since 1970. */
interface PastReading {
  readonly atMs: number;
  readonly usedTokens: number;
}

const stepMs = 4 * 60_000;
const readingsKept = 60;
/** A reading below this part of the one before stands beside it: the height from which it fell is worth keeping. */
const fallsBelow = 0.9;

/** Past readings, oldest first, about one for each 4 minutes, the newest 60; the same list where the reading has no time or goes back in time. */
export function noteInHistory(
  history: readonly PastReading[],
  { usedTokens, timestamp }: { readonly usedTokens: number; readonly timestamp: string | null },
): readonly PastReading[] {
  const atMs = timestamp === null ? Number.NaN : Date.parse(timestamp);
  const last = history.at(-1);
  if (Number.isNaN(atMs) || (last !== undefined && atMs < last.atMs)) return history;
  const reading = { atMs, usedTokens };
  const isSameStep = last !== undefined && Math.floor(last.atMs / stepMs) === Math.floor(atMs / stepMs);
  const takesItsPlace = isSameStep && usedTokens >= last.usedTokens * fallsBelow;
  return takesItsPlace ? [...history.slice(0, -1), reading] : [...history.slice(1 - readingsKept), reading];
}
