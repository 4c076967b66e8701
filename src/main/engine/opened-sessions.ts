import type { SessionFile } from '../sessions/session-file.js';
import type { FoundSession } from './session-finder.js';

/** Sees that sessions which a client has open are followed, however old their files are. */
export interface OpenedSessions {
  /** Looks for the files of these sessions where nobody follows them yet: once each, as long as they stay open. */
  readonly look: (openSessions: readonly string[]) => Promise<void>;
}

/** A new session has no file before its first prompt; when that comes, the file's own event brings it. */
export function followOpenedSessions(options: {
  readonly follows: (sessionId: string) => boolean;
  readonly find: (sessionId: string) => Promise<FoundSession>;
  readonly onFound: (file: SessionFile) => void;
}): OpenedSessions {
  let looked: ReadonlySet<string> = new Set();
  return {
    async look(openSessions) {
      const wanted = openSessions.filter((id) => !looked.has(id) && !options.follows(id));
      looked = new Set(openSessions);
      for (const id of wanted) {
        const found = await options.find(id);
        if (found.kind === 'found') options.onFound(found.file);
      }
    },
  };
}
