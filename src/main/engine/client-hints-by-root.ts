import path from 'node:path';
import type { AskRoots } from '../sessions/ask-roots.js';
import type { ClientHints } from '../sessions/client-hints.js';
import { followClientSettings, type ClientSettingsReading } from '../sessions/client-settings.js';
import type { ProblemList } from './problem-list.js';

/** Follows the client's settings beside each `projects` folder. */
export interface ClientHintsByRoot {
  /** Looks which settings have changed. */
  readonly refresh: (ask: AskRoots) => Promise<void>;
}

/** `onHints` and `onCleanupPeriod` are called for each config folder at each look; a file that can't be used is said, and its last good content counts on. */
export function followClientHints(options: {
  readonly now: () => Date;
  readonly problems: Pick<ProblemList, 'report' | 'clear'>;
  readonly onHints: (configFolder: string, hints: ClientHints) => void;
  /** Days that the client keeps a session; null where nobody has set them. */
  readonly onCleanupPeriod: (configFolder: string, days: number | null) => void;
}): ClientHintsByRoot {
  const { now, problems, onHints, onCleanupPeriod } = options;
  const folders = new Map<string, () => Promise<ClientSettingsReading>>();

  return {
    async refresh(ask) {
      const readings = await ask((root) => {
        const configFolder = path.dirname(root);
        const read = folders.get(configFolder) ?? followClientSettings({ configFolder, now });
        folders.set(configFolder, read);
        return read().then((reading) => ({ configFolder, ...reading }));
      });
      for (const { configFolder, hints, cleanupPeriodDays } of readings) {
        onHints(configFolder, hints);
        onCleanupPeriod(configFolder, cleanupPeriodDays);
      }
      const unusable = [...new Set(readings.flatMap((reading) => reading.problems))];
      if (unusable.length === 0) return problems.clear('client-settings-unreadable');
      return problems.report({
        code: 'client-settings-unreadable',
        message: `Claude Code's settings can't be read, so its compaction line may be wrong. ${unusable.join(' ')}`,
        mend: 'Mend that file; it is read again when it changes.',
      });
    },
  };
}
