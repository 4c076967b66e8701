import { helpText } from './help-text.js';
import type { ParsedArguments } from './parse-arguments.js';
import { runDemo } from './run-demo.js';
import { runExportNow } from './run-export-now.js';
import { runHeadless } from './run-headless.js';
import { runOnce } from './run-once.js';
import { runShow } from './run-show.js';
import { runStatus } from './run-status.js';
import { runStop } from './run-stop.js';
import type { ExitCode, World } from './world.js';

/** Carries out what the arguments ask for, in plain Node, and resolves with the exit code. */
export async function runCommand(parsed: ParsedArguments, world: World): Promise<ExitCode> {
  switch (parsed.kind) {
    case 'bad':
      await world.stderr.write(`${parsed.message}\n`);
      return 2;
    case 'help':
      await world.stdout.write(helpText());
      return 0;
    case 'version':
      await world.stdout.write(`context-watcher ${world.appVersion}\n`);
      return 0;
    case 'command':
      break;
  }
  const { command, options } = parsed;
  switch (command.name) {
    case 'run':
      return command.demo ? runDemo(world, options) : runHeadless(world, options);
    case 'once':
      return runOnce(world, options, command.json);
    case 'status':
      return runStatus(world, options, command.json);
    case 'stop':
      return runStop(world, options);
    case 'show':
      return runShow(world, options);
    case 'export-now':
      return runExportNow(world, options, command.session);
  }
}
