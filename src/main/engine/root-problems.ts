import type { RootHealth } from '../../shared/app-state.js';
import { resolveSessionRoots } from '../sessions/session-roots.js';
import type { ProblemList } from './problem-list.js';

/** The roots that nobody has asked for: the client's own folder may be missing before its first session. */
export function usualRoots(homeFolder: string): readonly string[] {
  return resolveSessionRoots({ homeFolder, environment: {}, extraRoots: [], claudeFolders: [] });
}

/** Says which roots are missing or can't be read, but for `optional` ones that are merely missing. */
export function tellRootHealth(
  problems: ProblemList,
  health: readonly RootHealth[],
  optional: readonly string[],
): void {
  const inState = (state: RootHealth['state']) => health.filter((root) => root.state === state).map(({ path }) => path);
  const missing = inState('missing').filter((path) => !optional.includes(path));
  tellFolders(problems, 'root-unreadable', inState('unreadable'), (paths) => ({
    message: `Sessions in ${paths} can't be read.`,
    mend: 'Check that it is a folder, and give your user read access to it.',
  }));
  tellFolders(problems, 'root-missing', missing, (paths) => ({
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
