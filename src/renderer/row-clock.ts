const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/**
 * The moment up to which a row's words hold: `nowMs` brought back to when the age of its session changed last in words.
 * A row that is given this is drawn again only when it would say something else. Milliseconds since 1970.
 */
export function rowClock(lastActivityAt: string | null, nowMs: number): number {
  const lastMs = lastActivityAt === null ? Number.NaN : Date.parse(lastActivityAt);
  if (Number.isNaN(lastMs)) return Math.floor(nowMs / minuteMs) * minuteMs;
  const ageMs = nowMs - lastMs;
  const stepMs = ageMs < minuteMs ? 10 * secondMs : ageMs < hourMs ? minuteMs : hourMs;
  return lastMs + Math.floor(ageMs / stepMs) * stepMs;
}
