import { demoLine, makeDemoPlace, openDemo } from './open-demo.js';
import type { RunOptions } from './parse-arguments.js';
import { runHeadless } from './run-headless.js';
import { withUnfailingOutput } from './unfailing-output.js';
import type { ExitCode, World } from './world.js';

/** `--demo` without a tray. Its folder stays, so that the exports can be looked at afterwards. */
export async function runDemo(outside: World, options: RunOptions): Promise<ExitCode> {
  const world = withUnfailingOutput(outside);
  const demo = await openDemo(world, options, makeDemoPlace(world, options));
  // The play ends by itself only when the folder can't be written; the run goes on with what was played.
  void demo.failed.then((error) => world.stderr.write(`${error.message}\n`));
  await world.stdout.write(demoLine(demo));
  try {
    return await runHeadless(world, demo.options, true);
  } finally {
    await demo.stop();
  }
}
