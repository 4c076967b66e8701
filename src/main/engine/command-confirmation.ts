import type { CommandAnswer } from '../../shared/command-answer.js';
import type { Settings } from '../../shared/settings.js';
import { commandHash } from '../export/user-command.js';
import { oneLine } from '../support/one-line.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';

/** Asks the user, natively, whether this exact command may run after each export. */
export type AskForCommand = (words: readonly string[]) => Promise<boolean>;

type CommandMemory = Pick<SavedState, 'isCommandConfirmed' | 'answerCommand'>;

/** The command of the settings file, which runs only once the user has confirmed it. */
export interface CommandConfirmation {
  /** The command where there is one and it is confirmed, else null. */
  readonly confirmed: () => readonly string[] | null;
  /** Asks about a command that was not asked about yet, where there is a way to ask; says as a problem what is not confirmed. */
  readonly ask: () => Promise<void>;
  /** Confirms the command that has this code, or tells with null which one waits. */
  readonly confirm: (code: string | null) => CommandAnswer;
}

/** How many characters of the hash people type. */
const codeCharacters = 12;

/** Confirms the settings' command in the memory if `code` is its code; with null it only tells. */
export function confirmCommand(
  { commandAfterExport: words }: Pick<Settings, 'commandAfterExport'>,
  memory: CommandMemory,
  code: string | null,
): CommandAnswer {
  if (words.length === 0) return { kind: 'no-command' };
  const hash = commandHash(words);
  if (memory.isCommandConfirmed(hash) === true) return { kind: 'confirmed', words };
  const its = hash.slice(0, codeCharacters);
  if (code === null) return { kind: 'unconfirmed', words, code: its };
  if (code.toLowerCase() !== its) return { kind: 'other-command', words, code: its };
  memory.answerCommand(hash, true);
  return { kind: 'confirmed', words };
}

/** Watches over the command. `askUser` is null where nobody can be asked, as without a desktop. */
export function guardCommand(options: {
  settings: () => Settings;
  settingsFile: string;
  memory: CommandMemory;
  askUser: AskForCommand | null;
  problems: ProblemList;
}): CommandConfirmation {
  const { settings, settingsFile, memory, askUser, problems } = options;
  const words = () => settings().commandAfterExport;
  let asking: string | null = null;

  function tell(): void {
    const command = words();
    if (command.length === 0 || memory.isCommandConfirmed(commandHash(command)) === true) {
      return problems.clear('command-unconfirmed');
    }
    return problems.report({
      code: 'command-unconfirmed',
      message: `The command after exports is not run, for it was not confirmed: ${command.map((word) => oneLine(word, 80)).join(' ')}`,
      mend: `Confirm it with --confirm-command, or take commandAfterExport out of ${settingsFile} and start again.`,
    });
  }

  return {
    confirmed() {
      const command = words();
      return command.length > 0 && memory.isCommandConfirmed(commandHash(command)) === true ? command : null;
    },
    async ask() {
      tell();
      const command = words();
      const hash = commandHash(command);
      if (command.length === 0 || askUser === null || asking === hash || memory.isCommandConfirmed(hash) !== null)
        return;
      asking = hash;
      try {
        memory.answerCommand(hash, await askUser(command));
      } finally {
        asking = null;
      }
      tell();
    },
    confirm(code) {
      const answer = confirmCommand(settings(), memory, code);
      tell();
      return answer;
    },
  };
}
