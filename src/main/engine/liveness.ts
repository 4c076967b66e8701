import path from 'node:path';
import type { AskRoots } from '../sessions/ask-roots.js';
import { followRunningClients, type RunningClient, type RunningClients } from '../sessions/running-clients.js';
import type { SessionFile } from '../sessions/session-file.js';
import { watchRunningClients, type RunningClientsWatch } from '../sessions/watch-running-clients.js';

/** Which sessions are live: modified within the active time, or with a client that runs. */
export interface Liveness {
  /** Looks again which clients run, beside each `projects` folder. */
  readonly refresh: (ask: AskRoots) => Promise<void>;
  readonly isLive: (file: Pick<SessionFile, 'id' | 'modifiedAtMs'>) => boolean;
  /** The running client that says it has the session open; null where none does. */
  readonly clientOf: (sessionId: string) => RunningClient | null;
  /** The sessions that running clients have open. */
  readonly openSessions: () => readonly string[];
  /** Whether a session that is not live is still listed for a while. */
  readonly isRecent: (file: Pick<SessionFile, 'modifiedAtMs'>) => boolean;
  readonly stop: () => void;
}

const listedForMs = 12 * 3_600_000;

/** The active time when none is given, and what `--active-within 0` (list all) leaves as the line between live and idle. */
export const defaultActiveSeconds = 300;

interface ConfigFolder {
  readonly clients: RunningClients;
  readonly watch: RunningClientsWatch | null;
}

/** Starts with no client known to run; `refresh` finds them. `onStir` is called when a client starts, ends or changes what it does; without it nothing is watched. */
export function followLiveness(options: {
  activeWithinSeconds: number;
  now: () => Date;
  onStir?: () => void;
}): Liveness {
  const activeMs = (options.activeWithinSeconds || defaultActiveSeconds) * 1_000;
  const folders = new Map<string, ConfigFolder>();
  let running: ReadonlyMap<string, RunningClient> = new Map();
  let stopped = false;
  const isWithin = (ms: number, { modifiedAtMs }: Pick<SessionFile, 'modifiedAtMs'>) =>
    options.now().getTime() - modifiedAtMs <= ms;

  function beside(root: string): ConfigFolder {
    const folder = path.dirname(root);
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const watch = options.onStir === undefined || stopped ? null : watchRunningClients(folder, options.onStir);
    const followed = { clients: followRunningClients(folder), watch };
    folders.set(folder, followed);
    return followed;
  }

  return {
    async refresh(ask) {
      const found = await ask((root) => {
        const { clients, watch } = beside(root);
        if (!stopped) watch?.check();
        return clients.read();
      });
      running = new Map(found.flatMap((clients) => [...clients]));
    },
    isLive: (file) => isWithin(activeMs, file) || running.has(file.id),
    clientOf: (sessionId) => running.get(sessionId) ?? null,
    openSessions: () => [...running.keys()],
    isRecent: (file) => options.activeWithinSeconds === 0 || isWithin(Math.max(activeMs, listedForMs), file),
    stop() {
      stopped = true;
      for (const { watch } of folders.values()) watch?.stop();
    },
  };
}
