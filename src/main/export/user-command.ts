import { createHash } from 'node:crypto';
import { commandPlaceholders, type CommandPlaceholder } from '../support/command-placeholders.js';
import { runProgram, type ProgramOutcome } from '../support/run-program.js';

/** What is filled in for the placeholders. */
export interface CommandValues {
  /** Absolute path of the export. */
  readonly file: string;
  readonly sessionId: string;
  /** Null where it is unknown. */
  readonly percent: number | null;
}

const usualTimeoutMilliseconds = 60_000;

/** What tells one command from another: SHA-256 over its words, as hex. */
export function commandHash(words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

/** Fills the placeholders in, each a whole argument: the percent with one decimal, `unknown` where it is. */
function filledCommand(words: readonly string[], { file, sessionId, percent }: CommandValues): readonly string[] {
  const values: Readonly<Record<CommandPlaceholder, string>> = {
    '{file}': file,
    '{session}': sessionId,
    '{percent}': percent === null ? 'unknown' : percent.toFixed(1),
  };
  return words.map((word) => {
    const placeholder = commandPlaceholders.find((candidate) => candidate === word);
    return placeholder === undefined ? word : values[placeholder];
  });
}

/** Runs the user's command, at most 60 s, in `folder`. Never through a shell; its whole tree ends with it. Never throws. */
export async function runUserCommand(options: {
  readonly words: readonly string[];
  readonly values: CommandValues;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly timeoutMilliseconds?: number;
}): Promise<ProgramOutcome> {
  const { words, values, timeoutMilliseconds = usualTimeoutMilliseconds, ...rest } = options;
  const [program = '', ...filled] = filledCommand(words, values);
  return runProgram({ program, arguments: filled, timeoutMilliseconds, ...rest });
}
