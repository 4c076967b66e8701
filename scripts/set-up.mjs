import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';
import { gatherFacts } from './setup-facts.mjs';
import { planSetup } from './setup-plan.mjs';
import { runSetupSteps } from './setup-steps.mjs';

/** The folder of the project these scripts belong to. */
export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** One line of progress, on the error stream so that the app's own output stays clean. @param {string} line */
export const say = (line) => console.error(line);

/**
 * Brings the machine to where `purpose` can run: finds the facts, plans, and carries the plan out. Throws with the next step in the
 * message when something is missing that it can't bring. `ending` stops it early.
 * @param {import('./setup-plan.mjs').Purpose} purpose
 * @param {AbortSignal} [ending]
 */
export async function setUp(purpose, ending) {
  const cache = cacheFolder(projectFolder);
  const steps = planSetup(purpose, await gatherFacts(projectFolder, cache));
  return runSetupSteps(steps, { projectFolder, cache, say, ending });
}
