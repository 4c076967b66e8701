type Fields = Readonly<Record<string, unknown>>;

/**
 * How many days the client keeps a session file after it was last written to, by the first of these settings that says
 * it; null where none does. Any number from 0 on is taken as it is: 0 keeps nothing beyond the client's next start.
 */
export function cleanupPeriodDays(settings: readonly Fields[]): number | null {
  const values = settings.map((file) => file['cleanupPeriodDays']);
  return values.find((value): value is number => typeof value === 'number' && value >= 0) ?? null;
}
