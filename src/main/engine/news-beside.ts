import { lookForSidecars, type SidecarMemory } from '../export/sidecar-look.js';
import type { TrackedSession } from './session-tracker.js';

/** Knows of sessions whose sidecars hold something that no export holds. */
export interface NewsBeside {
  readonly isNew: (sessionId: string) => boolean;
  /** Looks at a session's sidecars, unless that was done a moment ago or since it went quiet; tells when they are new. */
  readonly look: (tracked: TrackedSession) => void;
  /** An export has been made: whatever was new is exported. */
  readonly forget: (sessionId: string) => void;
}

const restMs = 10_000;
const quietMs = 60 * 60_000;

/** Starts with nothing known. `onNew` is called when a look finds something; `onFault` hears of a look that failed. */
export function watchNewsBeside(options: {
  readonly memory: SidecarMemory;
  /** Whether a session's disk answers at once: on others nothing is looked for by itself. */
  readonly isQuick: (filePath: string) => boolean;
  readonly now: () => Date;
  readonly onNew: (sessionId: string) => void;
  readonly onFault: (error: unknown) => void;
}): NewsBeside {
  const news = new Set<string>();
  const lookedMs = new Map<string, number>();
  const looking = new Set<string>();

  /** A folder that is closed to us is said by the export that meets it. */
  async function lookAt({ file, ledger }: TrackedSession): Promise<void> {
    if (!ledger) return;
    const { path: sourcePath, id } = file;
    const found = await lookForSidecars({
      sourcePath,
      sessionId: id,
      ledger: ledger.sidecars,
      memory: options.memory,
    });
    if (found.possiblyNew.length === 0) return;
    news.add(id);
    options.onNew(id);
  }

  return {
    isNew: (sessionId) => news.has(sessionId),
    look(tracked) {
      const { id, modifiedAtMs } = tracked.file;
      const nowMs = options.now().getTime();
      const last = lookedMs.get(id);
      const isLookedAt = last !== undefined && last <= nowMs && nowMs - last < restMs;
      // What has been quiet for long is looked at once.
      const isDone = last !== undefined && modifiedAtMs + quietMs < last;
      if (isLookedAt || isDone || looking.has(id) || !options.isQuick(tracked.file.path)) return;
      lookedMs.set(id, nowMs);
      looking.add(id);
      lookAt(tracked)
        .catch(options.onFault)
        .finally(() => looking.delete(id));
    },
    forget: (sessionId) => void news.delete(sessionId),
  };
}
