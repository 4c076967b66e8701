// `npm run test:client [-- FILES…]`: the tests with the real Claude Code client as the writer; ends with `N passed, N failed`.
import { cacheFolder } from './cache-folder.mjs';
import { endingSignal } from './ending-signal.mjs';
import { runCommand } from './run-command.mjs';
import { projectFolder, say } from './set-up.mjs';
import { gatherFacts } from './setup-facts.mjs';
import { runSetupSteps } from './setup-steps.mjs';
import { summaryLine } from './test-summary.mjs';
import { runVitest } from './vitest-run.mjs';

const ending = endingSignal();
const cache = cacheFolder(projectFolder);
const setting = { projectFolder, cache, say, ending };

/** @type {import('./vitest-run.mjs').TestCounts} */
let counts = { passed: 0, failed: 1, skipped: 0 };
try {
  const { dependencies, buildIsCurrent, family, isRoot } = await gatherFacts(projectFolder, cache);
  if (dependencies !== 'ready') await runSetupSteps([{ kind: 'install-dependencies', because: dependencies }], setting);
  if (!buildIsCurrent || dependencies !== 'ready') await runSetupSteps([{ kind: 'build' }], setting);
  if (family === 'debian' && isRoot) await bringTerminal();
  counts = await runVitest(projectFolder, ['--config', 'vitest.client.config.ts', ...process.argv.slice(2)], {
    ending,
  });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
}
console.log(summaryLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;

/** The interactive client needs a terminal; without one the tests with it are skipped and say so. */
async function bringTerminal() {
  const { exitCode } = await runCommand({ command: 'tmux', args: ['-V'] });
  if (exitCode === 0) return;
  try {
    await runSetupSteps([{ kind: 'install-libraries', missing: ['tmux'], packages: ['tmux'] }], setting);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}
