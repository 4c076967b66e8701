import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageCommand, runCommand } from './run-command.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} TestCounts */

/**
 * Runs vitest with its usual output and counts its tests.
 * @param {string} projectFolder
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, ending?: AbortSignal | undefined }} [setting]
 * @returns {Promise<TestCounts>}
 */
export async function runVitest(projectFolder, args, { env = process.env, ending } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'context-watcher-vitest-'));
  const file = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const command = packageCommand(projectFolder, 'vitest', ['run', ...args, ...reporters]);
    const { exitCode } = await runCommand(command, { cwd: projectFolder, env, show: true, ending });
    return countTests(readReport(file), exitCode);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The numbers in vitest's JSON report (undefined: it wrote none). A file that could not be loaded counts as one failed test, and so does a
 * run that failed without a failed test, such as one with an unhandled error.
 * @param {unknown} report
 * @param {number} exitCode
 * @returns {TestCounts}
 */
export function countTests(report, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const { testResults = [] } =
    /** @type {{ testResults?: { status: string, assertionResults: { status: string }[] }[] }} */ (report ?? {});
  for (const { status: fileStatus, assertionResults } of testResults) {
    for (const { status } of assertionResults) {
      if (status === 'passed') counts.passed++;
      else if (status === 'failed') counts.failed++;
      else counts.skipped++;
    }
    if (fileStatus === 'failed' && !assertionResults.some(({ status }) => status === 'failed')) counts.failed++;
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** @param {string} file @returns {unknown} */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
