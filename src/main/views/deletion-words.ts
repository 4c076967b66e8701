import type { NearDeletion } from '../../shared/app-state.js';
import { byteWords } from './byte-words.js';

/** When the client deletes something: `on 2026-11-03` (UTC), or at its next start where that time has come. Both times ISO 8601. */
export function deletionWords(deletedAt: string, nowAt: string): string {
  return deletedAt <= nowAt ? 'when it starts next' : `on ${deletedAt.slice(0, 10)}`;
}

/** `1 session`, `3 sessions`. */
export function countedSessions(count: number): string {
  return `${count} ${count === 1 ? 'session' : 'sessions'}`;
}

/** What `--status` says of sessions that the client deletes soon; null where there are none. */
export function nearDeletionLine(near: NearDeletion | null | undefined): string | null {
  if (!near || near.sessions === 0 || near.firstAt === null) return null;
  const what = `${countedSessions(near.sessions)} (${byteWords(near.bytes)}) not archived`;
  const when = `the first on or after ${near.firstAt.slice(0, 10)}`;
  return `Deleted soon: ${what}, ${when}${near.archiving ? '; being archived' : ''}`;
}
