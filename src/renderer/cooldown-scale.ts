const stops: readonly number[] = [
  ...range(0, 60, 1),
  ...range(75, 120, 15),
  ...range(150, 240, 30),
  ...range(300, 720, 60),
  ...range(840, 1440, 120),
];

/**
 * The cooldown slider's scale: every minute up to an hour, coarser up to a day. A position is an index into
 * the stops; minutes between two stops lie at a fraction between them.
 */
export const cooldownScale = { lastPosition: stops.length - 1, minutesAt, positionOf };

function minutesAt(position: number): number {
  return stops[Math.min(Math.max(Math.round(position), 0), stops.length - 1)] ?? 0;
}

function positionOf(minutes: number): number {
  const above = stops.findIndex((stop) => stop >= minutes);
  if (above === -1) return stops.length - 1;
  const upper = stops[above] ?? 0;
  const lower = stops[above - 1] ?? upper;
  return upper === lower ? above : above - (upper - minutes) / (upper - lower);
}

function range(first: number, last: number, step: number): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}
