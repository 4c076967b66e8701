import type { SessionRoot } from './session-roots.js';

/** Puts a question about each `projects` folder. The answers come in the order of the roots, without those whose drive doesn't answer. */
export type AskRoots = <Answer>(question: (root: string) => Promise<Answer>) => Promise<readonly Answer[]>;

/** A way to ask these roots that waits for none that hangs. What a question throws passes through. */
export function askRoots(roots: readonly SessionRoot[]): AskRoots {
  return async <Answer>(question: (root: string) => Promise<Answer>) => {
    const answers = await Promise.all(
      roots.map(({ path, disk }) => disk.orSlow(() => disk.ask(async () => ({ answer: await question(path) })))),
    );
    return answers.flatMap((given) => (given === null ? [] : [given.answer]));
  };
}
