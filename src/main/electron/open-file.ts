import { shell } from 'electron';
import { runProgram } from '../support/run-program.js';

const editorMilliseconds = 5_000;

/**
 * Opens one of our files in the user's editor: with `code` where it is found, else with the system's own program for it. Throws
 * with a sentence for people when neither works.
 */
export async function openFile(file: string): Promise<void> {
  const outcome = await runProgram({
    program: 'code',
    arguments: [file],
    timeoutMilliseconds: editorMilliseconds,
    leavesChildren: true,
  });
  // One that is still starting after five seconds has the file all the same.
  if (outcome.kind === 'timed-out' || (outcome.kind === 'ended' && outcome.exitCode === 0)) return;
  const fault = await shell.openPath(file);
  if (fault !== '') throw new Error(`${file} could not be opened: ${fault}`);
}
