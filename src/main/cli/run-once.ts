import { sessionsTable } from '../views/sessions-table.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

/** `--once`: reads everything one time and prints it, as a table or as one JSON object. Writes nothing to the disk. */
export async function runOnce(world: World, options: RunOptions, json: boolean): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const { homeFolder, environment } = world.facts;
  const { now, appVersion, glanceWorker } = world;
  const state = await world.readOnce({ ...options, ...run, homeFolder, environment, now, appVersion, glanceWorker });
  if (json) {
    await world.stdout.write(`${JSON.stringify(state)}\n`);
    return 0;
  }
  await world.stdout.write(`${sessionsTable(state.sessions).join('\n')}\n`);
  for (const { message, mend } of state.problems) await world.stderr.write(`${message} ${mend}\n`);
  return 0;
}
