import path from 'node:path';
import type { AskRoots } from '../sessions/ask-roots.js';
import { followRunningClients, type RunningClient, type RunningClients } from '../sessions/running-clients.js';
import type { SessionFile } from '../sessions/session-file.js';

/** Which sessions are live: modified within the active time, or with a client that runs. */
export interface Liveness {
  /** Looks again which clients run, beside each `projects` folder. */
  readonly refresh: (ask: AskRoots) => Promise<void>;
  readonly isLive: (file: Pick<SessionFile, 'id' | 'modifiedAtMs'>) => boolean;
  /** The running client that says it has the session open; null where none does. */
  readonly clientOf: (sessionId: string) => RunningClient | null;
  /** Whether a session that is not live is still listed for a while. */
  readonly isRecent: (file: Pick<SessionFile, 'modifiedAtMs'>) => boolean;
}

const listedForMs = 12 * 3_600_000;

/** The active time when none is given, and what `--active-within 0` (list all) leaves as the line between live and idle. */
export const defaultActiveSeconds = 300;

/** Starts with no client known to run; `refresh` finds them. */
export function followLiveness(options: { activeWithinSeconds: number; now: () => Date }): Liveness {
  const activeMs = (options.activeWithinSeconds || defaultActiveSeconds) * 1_000;
  const folders = new Map<string, RunningClients>();
  let running: ReadonlyMap<string, RunningClient> = new Map();
  const age = (file: Pick<SessionFile, 'modifiedAtMs'>) => options.now().getTime() - file.modifiedAtMs;
  const clientsBeside = (root: string): RunningClients => {
    const folder = path.dirname(root);
    const followed = folders.get(folder) ?? followRunningClients(folder);
    folders.set(folder, followed);
    return followed;
  };
  return {
    async refresh(ask) {
      const clients = await ask((root) => clientsBeside(root).read());
      running = new Map(clients.flatMap((found) => [...found]));
    },
    isLive: (file) => age(file) <= activeMs || running.has(file.id),
    clientOf: (sessionId) => running.get(sessionId) ?? null,
    isRecent: (file) => options.activeWithinSeconds === 0 || age(file) <= listedForMs,
  };
}
