import { logLevelOf } from '../support/log-level.js';
import { openLog, type Log } from '../support/log.js';
import type { OpenRun } from './open-run.js';
import { withUnfailingOutput } from './unfailing-output.js';
import type { World } from './world.js';

/** Opens the log of a command that prints its own answer: nothing of it goes to stdout. */
export function openQuietLog(world: World, run: OpenRun): Log {
  const { stderr } = withUnfailingOutput(world);
  return openLog({
    file: run.paths.logFile,
    level: logLevelOf(world.facts.environment),
    toStdout: null,
    clock: world.now,
    onFault: (error) => {
      if (error) void stderr.write(`The log ${run.paths.logFile} can't be written: ${error.message}\n`);
    },
  });
}
