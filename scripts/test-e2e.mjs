// `npm run test:e2e [-- FILES…]`: packages the app as it is now and runs the end-to-end tests on it; ends with `N passed, N failed`.
import { endingSignal } from './ending-signal.mjs';
import { runEndToEndTests } from './end-to-end.mjs';
import { packageApp } from './package-app.mjs';
import { projectFolder, say, setUp } from './set-up.mjs';
import { runSetupSteps } from './setup-steps.mjs';
import { summaryLine } from './test-summary.mjs';

const ending = endingSignal();
/** @type {import('./vitest-run.mjs').TestCounts} */
let counts = { passed: 0, failed: 1, skipped: 0 };
try {
  if (process.platform !== 'linux')
    throw new Error('The end-to-end tests need Linux: they run on a virtual X11 desktop.');
  const { runtime } = await setUp('test', ending);
  if (!runtime) throw new Error('The set-up plan named no Electron.');
  await runSetupSteps([{ kind: 'build' }], { projectFolder, cache: '', say, ending });
  const packaged = await packageApp(projectFolder, runtime, ending);
  counts = await runEndToEndTests(projectFolder, packaged, { say, args: process.argv.slice(2), ending });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
}
console.log(summaryLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
