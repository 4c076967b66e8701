import { runProgram } from '../support/run-program.js';

const usualTimeoutMilliseconds = 5_000;

/** Opens a file with `code FILE`; false where there is no such program, or it fails. One that is still starting after 5 s has the file. */
export async function openInEditor(
  file: string,
  change: { readonly environment?: Readonly<Record<string, string>>; readonly timeoutMilliseconds?: number } = {},
): Promise<boolean> {
  const { timeoutMilliseconds = usualTimeoutMilliseconds, ...rest } = change;
  const request = { program: 'code', arguments: [file], timeoutMilliseconds, leavesChildren: true, ...rest };
  const outcome = await runProgram(request);
  return outcome.kind === 'timed-out' || (outcome.kind === 'ended' && outcome.exitCode === 0);
}
