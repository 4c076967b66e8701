import path from 'node:path';
import { restoreSession, type RestoreOutcome, type RestoreRequest } from '../archive/restore-session.js';
import { usualCleanupPeriodDays } from '../policy/retention-policy.js';
import { followClientSettings } from '../sessions/client-settings.js';

/** Restores a session with what its client's own settings say of how long it keeps sessions; see `restoreSession`. */
export function restoreFromArchive(request: Omit<RestoreRequest, 'cleanupDays'>): Promise<RestoreOutcome> {
  return restoreSession({
    ...request,
    async cleanupDays(root) {
      const readSettings = followClientSettings({ configFolder: path.dirname(root), now: request.now });
      return (await readSettings()).cleanupPeriodDays ?? usualCleanupPeriodDays;
    },
  });
}
