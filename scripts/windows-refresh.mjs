// `npm run windows:refresh`: takes src/main/meter/context-windows.json afresh from the real client's status line; a failure writes nothing.
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cacheFolder } from './cache-folder.mjs';
import { projectFolder, say } from './set-up.mjs';

try {
  /** @type {{ module: typeof import('../test/client/windows/refresh-windows.js') }} */
  const { module } = await runnerImport(join(projectFolder, 'test/client/windows/refresh-windows.ts'));
  await module.refreshWindows({
    file: join(projectFolder, 'src/main/meter/context-windows.json'),
    cacheFolder: cacheFolder(projectFolder),
    today: new Date().toISOString().slice(0, 10),
    say,
  });
} catch (error) {
  say(`The table is as it was: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
