import { join } from 'node:path';
import { build } from 'vite';

/** The runner and the processes that it starts. */
const programs = [
  'run-bench',
  'engine-host',
  'append-writer',
  'floor-watch',
  'chokidar-watch',
  'bare-walk',
  'export-host',
];
/** What stays outside, as in the app's build, and the tools that only the runner uses. */
const external = ['electron', 'libsql', 'prettier', 'playwright-core', 'dbus-next', '@electron/fuses'];

/**
 * Builds the benchmark's programs the way the app is built: bundled for Node, with the libraries in them.
 * @param {string} projectFolder
 * @param {string} outDir a folder of the project, so that what stays outside is found
 */
export async function buildBench(projectFolder, outDir) {
  const input = Object.fromEntries(programs.map((name) => [name, join(projectFolder, 'test', 'bench', `${name}.ts`)]));
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectFolder,
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        input,
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}
