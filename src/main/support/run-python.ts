import { stat } from 'node:fs/promises';
import process from 'node:process';
import { runProgram, type ProgramOutcome, type ProgramRequest } from './run-program.js';

/** How Python 3 is called, in the order in which the ways are tried. */
const ways: Readonly<Record<'windows' | 'elsewhere', readonly (readonly [string, ...string[]])[]>> = {
  windows: [['python3'], ['py', '-3'], ['python']],
  elsewhere: [['python3']],
};

/** What Windows' stand-in for a Python that isn't installed ends with. */
const windowsStoreExitCode = 9009;

/**
 * Runs a Python script as `runProgram` does: with `python3`, on Windows else with `py -3`, else with `python`. The outcome is
 * that of the first of them that is there; `not-found` names `python3`.
 */
export async function runPython(
  { script, ...request }: Omit<ProgramRequest, 'program'> & { readonly script: string },
  platform: NodeJS.Platform = process.platform,
): Promise<ProgramOutcome> {
  for (const [program, ...before] of ways[platform === 'win32' ? 'windows' : 'elsewhere']) {
    const outcome = await runProgram({ ...request, program, arguments: [...before, script, ...request.arguments] });
    const isStandIn = platform === 'win32' && outcome.kind === 'ended' && outcome.exitCode === windowsStoreExitCode;
    if (outcome.kind !== 'not-found' && !isStandIn) return outcome;
  }
  return { kind: 'not-found', program: 'python3' };
}

/** Whether a script of the user's is at a path; a link to one counts. */
export async function isScript(file: string): Promise<boolean> {
  // What can't be looked at can't be run either.
  return stat(file).then(
    (facts) => facts.isFile(),
    () => false,
  );
}
