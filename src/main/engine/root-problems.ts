import type { RootHealth } from '../../shared/app-state.js';
import type { ProblemList } from './problem-list.js';

/**
 * Says which roots are missing, don't answer or can't be read. The usual ones may be missing: nobody has asked for them,
 * and the client makes its folder with its first session.
 */
export function tellRootHealth(problems: ProblemList, health: readonly RootHealth[]): void {
  const pathsOf = (state: RootHealth['state']) =>
    health
      .filter((root) => root.state === state && (state !== 'missing' || root.source !== 'usual'))
      .map(({ path }) => path);
  tellFolders(problems, 'root-unreadable', pathsOf('unreadable'), (paths) => ({
    message: `Sessions in ${paths} can't be read.`,
    mend: 'Check that it is a folder, and give your user read access to it.',
  }));
  tellFolders(problems, 'root-slow', pathsOf('slow'), (paths) => ({
    message: `The drive of ${paths} doesn't answer.`,
    mend: 'Check the drive or the connection to it. Its sessions are read on as soon as it answers; the others are not held up.',
  }));
  tellFolders(problems, 'root-missing', pathsOf('missing'), (paths) => ({
    message: `${paths} doesn't exist (yet).`,
    mend: 'Check the name of the folder. It is watched as soon as it appears.',
  }));
}

/** Reports one problem for all folders that have it, and clears it when none has it any more. */
export function tellFolders(
  problems: ProblemList,
  code: string,
  paths: readonly string[],
  words: (paths: string) => { message: string; mend: string },
): void {
  if (paths.length === 0) problems.clear(code);
  else problems.report({ code, ...words(paths.join(', ')) });
}
