// `npm test`: sets the machine up, then runs every check there is, each whether or not an earlier one failed unless it needs its result;
// ends with one line `N passed, N failed`. Types, lint, format, dead code, build and package count as one each.
import { rememberBuild, sourceDigest } from './build-state.mjs';
import { endingSignal, interruptedExitCode } from './ending-signal.mjs';
import { runEndToEndTests } from './end-to-end.mjs';
import { packageApp } from './package-app.mjs';
import { npmCommand, runCommand } from './run-command.mjs';
import { projectFolder, say, setUp } from './set-up.mjs';
import { addCounts, summaryLine } from './test-summary.mjs';
import { runVitest } from './vitest-run.mjs';

/** @typedef {import('./vitest-run.mjs').TestCounts} TestCounts */

const one = {
  passed: { passed: 1, failed: 0, skipped: 0 },
  failed: { passed: 0, failed: 1, skipped: 0 },
  skipped: { passed: 0, failed: 0, skipped: 1 },
};

const ending = endingSignal();
/** @type {{ name: string, counts: TestCounts, seconds: number }[]} */
const results = [];

/** @param {string} name @param {() => Promise<TestCounts>} work @returns {Promise<boolean>} whether nothing in it failed */
async function check(name, work) {
  if (ending.aborted) return false;
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  const counts = await work().catch((error) => {
    console.log(error instanceof Error ? error.message : String(error));
    return one.failed;
  });
  results.push({ name, counts, seconds: (performance.now() - startedAt) / 1000 });
  return counts.failed === 0;
}

/** @param {string} script a script of package.json that prints and sets its exit code */
const npmScript = (script) => async () => {
  const command = npmCommand(['run', '--silent', script]);
  const { exitCode } = await runCommand(command, { cwd: projectFolder, show: true, ending });
  return exitCode === 0 ? one.passed : one.failed;
};

/** @param {import('./own-electron.mjs').ElectronRuntime} electron */
async function packageAndDrive(electron) {
  let packaged = '';
  await check('package', async () => {
    packaged = await packageApp(projectFolder, electron, ending);
    return one.passed;
  });
  await check('end-to-end tests', async () => {
    if (packaged === '') return skipped('there is no packaged app');
    if (process.platform !== 'linux') return skipped('they need Linux, where a virtual desktop can be had');
    return runEndToEndTests(projectFolder, packaged, { say, ending });
  });
}

/** @param {string} why */
function skipped(why) {
  console.log(`Skipped: ${why}.`);
  return one.skipped;
}

/** @type {import('./own-electron.mjs').ElectronRuntime | undefined} */
let runtime;
const isSetUp = await check('set-up', async () => {
  ({ runtime } = await setUp('test', ending));
  return { passed: 0, failed: 0, skipped: 0 };
});
if (isSetUp) {
  await check('types', npmScript('typecheck'));
  await check('lint', npmScript('lint'));
  await check('format', npmScript('format:check'));
  await check('dead code', npmScript('deadcode'));
  await check('unit and component tests', () => runVitest(projectFolder, [], { ending }));
  const digest = sourceDigest(projectFolder);
  const isBuilt = await check('build', npmScript('build'));
  if (isBuilt) rememberBuild(projectFolder, digest);
  if (isBuilt && runtime) await packageAndDrive(runtime);
  else for (const name of ['package', 'end-to-end tests']) await check(name, async () => skipped('there is no build'));
}

console.log('');
for (const { name, counts, seconds } of results)
  console.log(`${name}: ${summaryLine(counts)} (${seconds.toFixed(1)} s)`);
const total = addCounts(results.map(({ counts }) => counts));
console.log(summaryLine(total));
if (ending.aborted) process.exitCode = interruptedExitCode;
else process.exitCode = total.failed > 0 ? 1 : 0;
