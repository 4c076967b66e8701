import type { Engine } from '../engine/engine-contract.js';
import { openQuietLog } from './open-quiet-log.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import { startRun } from './start-run.js';
import type { ExitCode, World } from './world.js';

/**
 * Does something with an engine of this process, started for the moment and stopped after it; by itself it exports nothing.
 * Where none can be started, that was printed, and the exit code says why.
 */
export async function withOwnEngine(
  world: World,
  options: RunOptions,
  work: (engine: Engine) => Promise<ExitCode>,
): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'write');
  if (!run) return 2;
  const log = openQuietLog(world, run);
  try {
    const extras = { run, log, demo: false, automaticExports: false, show: null, onStop: () => undefined };
    const started = await startRun(world, options, extras);
    if (started.kind === 'refused') return started.exitCode;
    try {
      return await work(started.engine);
    } finally {
      await started.stop();
    }
  } finally {
    log.close();
  }
}
