import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const apiKey = 'sk-ant-loopback-stand-in-key-0000';

/** The folders of one client's user, all in one temporary folder. */
export interface ClientHome {
  readonly home: string;
  /** The client's config folder. */
  readonly claudeDir: string;
  /** Where the client is started. */
  readonly workingFolder: string;
  /** A context storage for the app. */
  readonly dataDir: string;
  /** The whole environment for the client, nothing of ours but `PATH`: it talks to `apiUrl` and nobody else. */
  readonly environment: (apiUrl: string) => Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}

/** Makes a home for a user who has been through the client's first start; `settings` are the client's own settings. */
export async function createClientHome(settings: Readonly<Record<string, unknown>> = {}): Promise<ClientHome> {
  const folder = await mkdtemp(join(tmpdir(), 'context-watcher-client-'));
  const home = join(folder, 'home');
  const claudeDir = join(home, '.claude');
  const workingFolder = join(folder, 'my project');
  const temporary = join(folder, 'tmp');
  await Promise.all([claudeDir, workingFolder, temporary].map((path) => mkdir(path, { recursive: true })));
  await writeFile(join(claudeDir, 'settings.json'), JSON.stringify(settings));
  await writeFile(join(home, '.claude.json'), JSON.stringify(firstStartDone(workingFolder)));
  return {
    home,
    claudeDir,
    workingFolder,
    dataDir: join(folder, 'data', 'context-storage'),
    environment: (apiUrl) => ({
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      TMPDIR: temporary,
      CLAUDE_CODE_TMPDIR: temporary,
      LANG: 'C.UTF-8',
      SHELL: '/bin/sh',
      ANTHROPIC_BASE_URL: apiUrl,
      ANTHROPIC_API_KEY: apiKey,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_MAX_RETRIES: '0',
      DISABLE_AUTOUPDATER: '1',
    }),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function firstStartDone(workingFolder: string): unknown {
  return {
    hasCompletedOnboarding: true,
    theme: 'dark',
    customApiKeyResponses: { approved: [apiKey.slice(-20)], rejected: [] },
    projects: { [workingFolder]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
  };
}
