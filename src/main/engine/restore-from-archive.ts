import path from 'node:path';
import { restoreSession, type RestoreOutcome, type RestoreRequest } from '../archive/restore-session.js';
import { usualCleanupPeriodDays } from '../policy/retention-policy.js';
import { followClientSettings } from '../sessions/client-settings.js';

/** Restores a session with what its client's own settings say of how long it keeps sessions; see `restoreSession`. */
export function restoreFromArchive(request: Omit<RestoreRequest, 'cleanupDays'>): Promise<RestoreOutcome> {
  return restoreSession({ ...request, cleanupDays: (root) => cleanupDaysOf(root, request.now) });
}

/** After how many days the client deletes what lies below a root, by its own settings or its default. */
export async function cleanupDaysOf(root: string, now: () => Date): Promise<number> {
  const readSettings = followClientSettings({ configFolder: path.dirname(root), now });
  return (await readSettings()).cleanupPeriodDays ?? usualCleanupPeriodDays;
}
