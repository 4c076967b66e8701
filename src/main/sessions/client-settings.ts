import path from 'node:path';
import { cleanupPeriodDays } from './cleanup-period.js';
import type { ClientHints } from './client-hints.js';
import { hintsFromSettings } from './hints-from-settings.js';
import { followJsonFile } from './kept-json-file.js';

/** What the client's settings say now. */
export interface ClientSettingsReading {
  readonly hints: ClientHints;
  /** Days that the client keeps a session; null where nobody has set them. */
  readonly cleanupPeriodDays: number | null;
  /** One sentence for each file that is there and can't be used; its last good content still counts. */
  readonly problems: readonly string[];
}

/** `.claude.json` can be several megabytes and changes with every turn of every client. */
const restMs = 10_000;

/**
 * Follows the settings of the client whose config folder this is, so far as they bear on window, compaction and how long
 * sessions are kept: the
 * organization's (`managedFile`), the folder's `settings.json`, and `.claude.json`, which lies in the folder or, for
 * `~/.claude`, beside it. Each call looks whether a file has changed and reads only what has, `.claude.json` at most
 * every 10 s. Never throws. Left out on purpose: a project's own settings, since the only one to name the project is the
 * text of a transcript, and that must not choose which files are read (a `settings.local.json` beside the user's settings
 * means nothing to the client either); and what a client was given by its command line
 * or the shell that started it, which nobody else can see.
 */
export function followClientSettings({
  configFolder,
  managedFile = managedSettingsFile(process.platform),
  now,
}: {
  readonly configFolder: string;
  /** Where the organization's settings lie; by default where the client documents it for this system. */
  readonly managedFile?: string;
  readonly now: () => Date;
}): () => Promise<ClientSettingsReading> {
  const inFolder = path.join(configFolder, '.claude.json');
  const beside = path.join(path.dirname(configFolder), '.claude.json');
  const files = {
    managed: followJsonFile(managedFile, { restMs: 0, now }),
    user: followJsonFile(path.join(configFolder, 'settings.json'), { restMs: 0, now }),
    inFolder: followJsonFile(inFolder, { restMs, now }),
    beside: followJsonFile(beside, { restMs, now }),
  };
  const isUsualFolder = path.basename(configFolder) === '.claude';

  return async () => {
    const [managed, user, inside] = await Promise.all([files.managed(), files.user(), files.inFolder()]);
    const hasOwnState = Object.keys(inside.record).length > 0 || !isUsualFolder;
    const state = hasOwnState ? inside : await files.beside();
    return {
      hints: hintsFromSettings({ managed: managed.record, user: user.record, state: state.record }),
      cleanupPeriodDays: cleanupPeriodDays([managed.record, user.record]),
      problems: [managed, user, state].flatMap(({ problem }) => problem ?? []),
    };
  };
}

function managedSettingsFile(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return '/Library/Application Support/ClaudeCode/managed-settings.json';
  if (platform === 'win32') return 'C:\\Program Files\\ClaudeCode\\managed-settings.json';
  return '/etc/claude-code/managed-settings.json';
}
