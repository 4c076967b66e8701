import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { cacheFolder } from '../../scripts/cache-folder.mjs';
import { clientPackage } from './real-client/client-package.js';
import { hasTerminal } from './real-client/start-interactive-client.js';
import { installClient, type ClientInstallation } from './real-client/install-client.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly client: ClientInstallation;
    readonly hasTerminal: boolean;
  }
}

/** Before the first test: brings the client from npm and tells every test where it is, or that there is none. */
export async function setup(project: TestProject): Promise<void> {
  const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
  const client = await installClient(cacheFolder(projectFolder), `${process.platform}-${process.arch}`);
  project.provide('client', client);
  const name = `Claude Code ${clientPackage.version}`;
  if (client.kind === 'installed') console.log(`${name} from ${client.fromCache ? 'the cache' : 'npm'} is the writer.`);
  else console.log(`${name} is not here, so these tests are skipped: ${client.reason}`);

  const terminal = await hasTerminal();
  project.provide('hasTerminal', terminal);
  if (!terminal) console.log('tmux is not here, so the comparison with the status line is skipped: install tmux.');
}
