import type { AskRoots } from '../sessions/ask-roots.js';
import type { ClientHints } from '../sessions/client-hints.js';
import type { SessionFile } from '../sessions/session-file.js';
import { followClientHints } from './client-hints-by-root.js';
import { followLiveness, type Liveness } from './liveness.js';
import { followOpenedSessions } from './opened-sessions.js';
import type { ProblemList } from './problem-list.js';
import { findSession } from './session-finder.js';

/** What the clients beside the session folders do, and how they are set. */
export interface Clients {
  readonly liveness: Liveness;
  /** Looks which clients run and how they are set. To be done before the first walk, which leaves out what is old and not open. */
  readonly refresh: () => Promise<void>;
  /** The same, and finds sessions that a client has opened again however old their files are. */
  readonly look: () => Promise<void>;
}

/** Follows the clients beside all roots. `look` runs by itself when one of them starts, ends or changes what it does. */
export function followClients(options: {
  readonly activeWithinSeconds: number;
  readonly now: () => Date;
  readonly problems: Pick<ProblemList, 'report' | 'clear'>;
  readonly ask: AskRoots;
  readonly follows: (sessionId: string) => boolean;
  readonly onOpened: (file: SessionFile) => void;
  readonly onHints: (configFolder: string, hints: ClientHints) => void;
  readonly onCleanupPeriod: (configFolder: string, days: number | null) => void;
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
}): Clients {
  const { ask } = options;
  const hints = followClientHints(options);
  const liveness = followLiveness({ ...options, onStir: () => void look().catch(options.onFault) });
  const opened = followOpenedSessions({
    follows: options.follows,
    find: (sessionId) => findSession(sessionId, ask),
    onFound: options.onOpened,
  });

  async function refresh(): Promise<void> {
    await Promise.all([liveness.refresh(ask), hints.refresh(ask)]);
  }

  async function look(): Promise<void> {
    await refresh();
    await opened.look(liveness.openSessions());
    options.onChange();
  }

  return { liveness, refresh, look };
}
