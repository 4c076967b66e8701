/** A number of tokens for people, as the popover writes it: 950, 41k, 967k, 1M, 1.05M. */
export function tokenWords(count: number): string {
  if (count < 1000) return String(Math.round(count));
  if (Math.round(count / 1000) < 1000) return `${Math.round(count / 1000)}k`;
  return `${String(Number((count / 1_000_000).toFixed(2)))}M`;
}
