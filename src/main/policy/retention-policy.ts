/** What the client keeps where nobody has set `cleanupPeriodDays`. */
export const usualCleanupPeriodDays = 30;

const dayMs = 24 * 3_600_000;
const nearMs = 3 * dayMs;

/** What decides whether people are told of sessions that the client will delete, or these are archived by themselves. */
export interface RetentionInput {
  /** How many sessions will be deleted soon that are not archived. */
  readonly sessions: number;
  /** The user has said that they are to be archived without being asked. */
  readonly archiveBeforeDeletion: boolean;
  readonly paused: boolean;
  /** False while only showing. */
  readonly mayExport: boolean;
  /** When people were told last (ISO 8601); null: never. */
  readonly toldAt: string | null;
  readonly nowMs: number;
}

/** When the client may delete a session file that was last written to at `modifiedAtMs`; epoch milliseconds. */
export function deletionMs(modifiedAtMs: number, cleanupPeriodDays: number): number {
  return modifiedAtMs + cleanupPeriodDays * dayMs;
}

/** Whether a session will be deleted within 3 days, or at the client's next start because its time is over. */
export function isNearDeletion(modifiedAtMs: number, cleanupPeriodDays: number, nowMs: number): boolean {
  return deletionMs(modifiedAtMs, cleanupPeriodDays) - nowMs <= nearMs;
}

/** Archive them, tell people (once a day), or nothing. Pure; a stamp in the future or one that is no time counts as over. */
export function decideRetention(input: RetentionInput): 'archive' | 'tell' | 'nothing' {
  if (input.sessions === 0) return 'nothing';
  if (input.archiveBeforeDeletion && input.mayExport && !input.paused) return 'archive';
  const sinceMs = input.toldAt === null ? Number.NaN : input.nowMs - Date.parse(input.toldAt);
  return sinceMs >= 0 && sinceMs < dayMs ? 'nothing' : 'tell';
}
