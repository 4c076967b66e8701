import type { Output } from './output.js';
import type { World } from './world.js';

/**
 * The same world for a run that goes on whether or not anybody can read what it prints: a stdout that can't be written,
 * such as a file on a full disk, is said once on stderr, and no `write` ever rejects.
 */
export function withUnfailingOutput<Part extends Pick<World, 'stdout' | 'stderr'>>(world: Part): Part {
  // Nobody is left to be told of a stderr that fails.
  const stderr: Output = { write: (text) => world.stderr.write(text).catch(() => undefined) };
  let isSaid = false;
  const stdout: Output = {
    async write(text) {
      try {
        await world.stdout.write(text);
      } catch (error) {
        if (isSaid) return;
        isSaid = true;
        const reason = error instanceof Error ? error.message : String(error);
        await stderr.write(`The standard output can't be written, the run goes on: ${reason}\n`);
      }
    },
  };
  return { ...world, stdout, stderr };
}
