/** The value that `percent` of the values are at or below (nearest rank); throws without values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is nothing to take a percentile of.');
  return value;
}

/** The middle value; throws without values. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value with so many decimals, for the raw results. */
export function rounded(value: number, decimals = 3): number {
  return Number(value.toFixed(decimals));
}
