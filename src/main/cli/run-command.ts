import { helpText } from './help-text.js';
import type { ParsedArguments, RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

/** Carries out what the arguments ask for, in plain Node, and resolves with the exit code. Each command loads what it needs and no more. */
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
      return command.demo ? (await import('./run-demo.js')).runDemo(world, options) : runInForeground(world, options);
    case 'once':
      return (await import('./run-once.js')).runOnce(world, options, command.json);
    case 'status':
      return (await import('./run-status.js')).runStatus(world, options, command.json);
    case 'stop':
      return (await import('./run-stop.js')).runStop(world, options);
    case 'show':
      return (await import('./run-show.js')).runShow(world, options);
    case 'search':
      return (await import('./run-search.js')).runSearch(world, options, command);
    case 'reindex':
      return (await import('./run-reindex.js')).runReindex(world, options);
    case 'export-now':
      return (await import('./run-export-now.js')).runExportNow(world, options, command.session);
    case 'pending':
      return (await import('./run-pending.js')).runPending(world, options, command.json);
    case 'retry':
    case 'set-aside':
    case 'bring-back':
      return (await import('./run-pending-action.js')).runPendingAction(world, options, command);
    case 'verify':
      return (await import('./run-verify.js')).runVerify(world, options, command.json);
    case 'restore':
      return (await import('./run-restore.js')).runRestore(world, options, command);
    case 'confirm-command':
      return (await import('./run-confirm-command.js')).runConfirmCommand(world, options, command.code);
    case 'transcript':
      return (await import('./run-transcript.js')).runTranscript(world, options, command);
  }
}

/** The engine is loaded together with the command that starts it next. */
async function runInForeground(world: World, options: RunOptions): Promise<ExitCode> {
  const [{ runHeadless }] = await Promise.all([import('./run-headless.js'), import('../engine.js')]);
  return runHeadless(world, options);
}
