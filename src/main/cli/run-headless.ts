import { logLevelOf } from '../support/log-level.js';
import { openLog, type Log } from '../support/log.js';
import { watchingLine } from '../views/banner.js';
import { logBanner } from './log-banner.js';
import { openRunOrSay, type OpenRun } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import { startRun } from './start-run.js';
import { withUnfailingOutput } from './unfailing-output.js';
import { endingLine, waitForEnd } from './wait-for-end.js';
import type { ExitCode, World } from './world.js';

/** Runs in the foreground until a signal, `--stop` or a Python daemon that starts, and says on stdout what it logs. */
export async function runHeadless(outside: World, options: RunOptions, demo = false): Promise<ExitCode> {
  const world = withUnfailingOutput(outside);
  const run = await openRunOrSay(world, options, 'write');
  if (!run) return 2;
  const log = openHeadlessLog(world, run);
  try {
    return await runLogged(world, options, { run, log, demo });
  } finally {
    log.close();
  }
}

async function runLogged(
  world: World,
  options: RunOptions,
  { run, log, demo }: { run: OpenRun; log: Log; demo: boolean },
): Promise<ExitCode> {
  const end = waitForEnd(world);
  try {
    const extras = {
      run,
      log,
      demo,
      automaticExports: true,
      show: null,
      onStop: end.ask,
      onClaimed: () => logBanner(world, run, log),
    };
    const started = await startRun(world, options, extras);
    if (started.kind === 'refused') return started.exitCode;
    await world.stdout.write(`${watchingLine(started.engine.state())}\n`);
    started.engine.subscribe(({ mode }) => {
      if (mode === 'show-only') end.ask();
    });
    const reason = await end.reason;
    log.info(endingLine(reason));
    await started.stop();
    if (started.engine.state().mode === 'exporting') return 0;
    await world.stderr.write('A Python daemon has started and exports the same sessions: this run ended for it.\n');
    return 3;
  } finally {
    end.forget();
  }
}

function openHeadlessLog(world: World, run: OpenRun): Log {
  return openLog({
    file: run.paths.logFile,
    level: logLevelOf(world.facts.environment),
    toStdout: (line) => void world.stdout.write(`${line}\n`),
    clock: world.now,
    onFault: (error) => {
      const message = error
        ? `The log ${run.paths.logFile} can't be written: ${error.message}`
        : 'The log is written again.';
      void world.stderr.write(`${message}\n`);
    },
  });
}
