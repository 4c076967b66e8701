// `npm run bench [-- --only NAME[,NAME]] [-- --quick]`: measures the production build and writes docs/benchmarks.json and docs/BENCHMARKS.md.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBench } from './build-bench.mjs';
import { buildIsCurrent } from './build-state.mjs';
import { cacheFolder } from './cache-folder.mjs';
import { endingSignal, interruptedExitCode } from './ending-signal.mjs';
import { withEndToEndScene } from './end-to-end-scene.mjs';
import { packageApp } from './package-app.mjs';
import { projectFolder, say, setUp } from './set-up.mjs';
import { runSetupSteps } from './setup-steps.mjs';

const ending = endingSignal();
const cache = cacheFolder(projectFolder);

try {
  if (process.platform !== 'linux')
    throw new Error('The benchmark needs Linux: it reads what the kernel tells in /proc.');
  const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } });
  const programFolder = join(projectFolder, '.cache', 'bench');
  await buildBench(projectFolder, programFolder);
  const { chooseScenarios, runBench } = await import(pathToFileURL(join(programFolder, 'run-bench.js')).href);
  const chosen = chooseScenarios((values.only ?? '').split(',').filter(Boolean));
  if (!buildIsCurrent(projectFolder)) await runSetupSteps([{ kind: 'build' }], { projectFolder, cache, say, ending });
  const options = { projectFolder, cacheFolder: cache, programFolder, chosen, quick: values.quick, say, ending };
  const failed = chosen.some(/** @param {{ needsDesktop?: boolean }} scenario */ ({ needsDesktop }) => needsDesktop)
    ? await runOnDesktop(runBench, options)
    : await runBench({ ...options, desktop: null });
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
// What was interrupted may still wait for something.
if (ending.aborted) process.exit(interruptedExitCode);

/**
 * @param {(options: object) => Promise<number>} runBench
 * @param {object} options
 */
async function runOnDesktop(runBench, options) {
  const { runtime } = await setUp('test', ending);
  if (!runtime) throw new Error('The set-up plan named no Electron.');
  const packaged = await packageApp(projectFolder, runtime, ending);
  return withEndToEndScene(packaged, say, ({ executable, folder, environment, user }) =>
    runBench({
      ...options,
      desktop: { executable, electronVersion: runtime.version, folder, environment, user: user ?? null },
    }),
  );
}
