import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const projectFolder = path.resolve(import.meta.dirname, '../../..');

/** Bundles a source of the project to a script that plain Node and its worker threads run, and answers its address. */
export async function buildForNode(source: string): Promise<URL> {
  const name = path.basename(source, '.ts');
  // Inside the project, so that the script finds the project's dependencies; each runner of tests has its own.
  const runner = process.env['VITEST_POOL_ID'] ?? '0';
  const outDir = path.join(projectFolder, '.cache', 'tests', `${name}-${runner}`);
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectFolder,
    build: {
      ssr: path.join(projectFolder, source),
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: `${name}.js` } },
    },
  });
  return pathToFileURL(path.join(outDir, `${name}.js`));
}
