import type { CommandAnswer } from '../../shared/command-answer.js';
import { askRunning } from '../control/control-client.js';
import { confirmCommand } from '../engine/command-confirmation.js';
import { openSavedState } from '../engine/saved-state.js';
import { oneLine } from '../support/one-line.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

const answerMilliseconds = 5_000;

/**
 * `--confirm-command [CODE]`: shows the command after exports and its code, or confirms it by that code, so that what is
 * confirmed is what was read. Through the running instance if there is one, else in the app's memory on the disk.
 */
export async function runConfirmCommand(world: World, options: RunOptions, code: string | null): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const asked = await askRunning({
    sockets: run.paths.controlSockets,
    request: { kind: 'confirm-command', code },
    timeoutMilliseconds: answerMilliseconds,
  });
  if (asked.kind === 'not-running') return confirmHere(world, options, code);
  if (asked.kind === 'answered' && asked.answer.kind === 'confirm-command') return report(world, asked.answer.answer);
  const reason = asked.kind === 'answered' ? asked.answer : asked;
  await world.stderr.write(
    `The running instance did not answer: ${'message' in reason ? oneLine(reason.message) : ''}\n`,
  );
  return 1;
}

async function confirmHere(world: World, options: RunOptions, code: string | null): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, code === null ? 'read' : 'write');
  if (!run) return 2;
  let fault: unknown = null;
  const memory = openSavedState({ store: run.appStateStore, now: world.now, onWrite: (error) => (fault = error) });
  const answer = confirmCommand(run.settings.current(), memory, code);
  if (fault === null) return report(world, answer);
  await world.stderr.write(`The confirmation could not be kept: ${oneLine(String(fault))}\n`);
  return 1;
}

async function report(world: World, answer: CommandAnswer): Promise<ExitCode> {
  if (answer.kind === 'no-command') {
    await world.stdout.write('The settings name no command after exports.\n');
    return 0;
  }
  const words = answer.words
    .map((word, index) => `  ${index + 1}. ${word === '' ? '(empty)' : oneLine(word)}\n`)
    .join('');
  switch (answer.kind) {
    case 'confirmed':
      await world.stdout.write(`Confirmed; this is run after each export:\n${words}`);
      return 0;
    case 'unconfirmed':
      await world.stdout.write(
        `Not confirmed, so it is not run:\n${words}Confirm it with --confirm-command ${answer.code}\n`,
      );
      return 0;
    case 'other-command':
      await world.stderr.write(
        `That is the code of another command. The settings name:\n${words}Its code is ${answer.code}\n`,
      );
      return 2;
  }
}
