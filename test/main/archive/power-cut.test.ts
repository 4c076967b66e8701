import { expect, it } from 'vitest';
import type { KillStep } from './kill-child.js';
import { describeKills, killAgainAndAgain, killSteps } from './kill-runs.js';
import type { PowerCutFault } from './power-cut-journal.js';

// Inodes, flushed folders and hard links are what the layer works with.
const isPosix = process.platform !== 'win32';

it.skipIf(!isPosix)(
  'loses and doubles nothing when the power is cut, at any step',
  async () => {
    const runs = { seed: 20_261_102, kills: 60, perStep: 2, steps: killSteps, most: 120 };
    const result = await killAgainAndAgain({ ...runs, powerCut: { fault: null } });
    process.stdout.write(`${describeKills(result)}\n`);
    expect(result.wrong).toEqual([]);
  },
  900_000,
);

it.skipIf(!isPosix).each<[PowerCutFault, RegExp, readonly KillStep[]]>([
  ['skip-flush', /Lost although it was exported/, ['flush-commit', 'settle']],
  ['skip-folder-flush', /Lost although it was exported/, ['flush-commit', 'settle']],
  ['manifest-first', /The queue holds .*\.manifest\.json/, ['publish-segment', 'publish-sidecars']],
])(
  'notices when the app is broken by %s',
  async (fault, complaint, steps) => {
    const runs = { kills: 16, perStep: 8, steps, most: 32 };
    // The moment has to fall into a few milliseconds: not every round hits it.
    let wrong = '';
    for (let round = 1; round <= 6 && !complaint.test(wrong); round += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const result = await killAgainAndAgain({ ...runs, seed: 20_261_103 * round, powerCut: { fault } });
      wrong += result.wrong.join('\n');
    }
    expect(wrong).toMatch(complaint);
  },
  900_000,
);
