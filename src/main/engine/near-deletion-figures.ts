import type { NearDeletion } from '../../shared/app-state.js';
import { deletionMs, isNearDeletion, usualCleanupPeriodDays } from '../policy/retention-policy.js';
import type { SessionFile } from '../sessions/session-file.js';
import type { UnarchivedSession, UnarchivedSessions } from './unarchived-sessions.js';

/** A session that will be deleted soon and is not archived as a whole. */
export interface NearSession extends UnarchivedSession {
  /** When the client may delete it; epoch milliseconds. */
  readonly deletedMs: number;
}

/** Finds those, the soonest first. Of several files of one session the newest counts: as long as that stays, the session does. */
export async function findNearDeletion({
  files,
  unarchived,
  isLive,
  cleanupPeriodDays,
  nowMs,
}: {
  readonly files: Iterable<SessionFile>;
  readonly unarchived: Pick<UnarchivedSessions, 'find'>;
  readonly isLive: (file: SessionFile) => boolean;
  /** Days that the client keeps a session file of this folder; null where nobody has set them. */
  readonly cleanupPeriodDays: (file: SessionFile) => number | null;
  readonly nowMs: number;
}): Promise<readonly NearSession[]> {
  const periodOf = (file: SessionFile) => cleanupPeriodDays(file) ?? usualCleanupPeriodDays;
  const near = newestOfEach(files).filter(
    (file) => isNearDeletion(file.modifiedAtMs, periodOf(file), nowMs) && !isLive(file),
  );
  return (await unarchived.find(near))
    .map((found) => ({ ...found, deletedMs: deletionMs(found.file.modifiedAtMs, periodOf(found.file)) }))
    .toSorted((one, other) => one.deletedMs - other.deletedMs);
}

/** What people see of them. */
export function describeNearDeletion(near: readonly NearSession[], archiving: boolean): NearDeletion {
  const [first] = near;
  const firstAt = first ? new Date(first.deletedMs).toISOString() : null;
  return { sessions: near.length, bytes: bytesOf(near), firstAt, archiving };
}

/** Of sessions together, what no export holds. */
export function bytesOf(sessions: readonly UnarchivedSession[]): number {
  return sessions.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Of several files of one session the one modified last. */
export function newestOfEach(files: Iterable<SessionFile>): readonly SessionFile[] {
  const newest = new Map<string, SessionFile>();
  for (const file of files) {
    const known = newest.get(file.id);
    if (!known || known.modifiedAtMs < file.modifiedAtMs) newest.set(file.id, file);
  }
  return [...newest.values()];
}
