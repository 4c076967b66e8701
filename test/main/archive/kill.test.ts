import { expect, it } from 'vitest';
import { compressSteps, describeKills, killAgainAndAgain, killSteps } from './kill-runs.js';

const perStep = 10;
const steps = [...killSteps, ...compressSteps];

it('loses and doubles nothing in 300 kills within its steps, while the session is being written', async () => {
  const result = await killAgainAndAgain({
    seed: 20_261_101,
    kills: 300,
    perStep,
    steps,
    most: 800,
    powerCut: null,
  });
  process.stdout.write(`${describeKills(result)}\n`);
  expect(result.wrong).toEqual([]);
  expect(steps.filter((step) => (result.diedWithin.get(step) ?? 0) < perStep)).toEqual([]);
  expect(result.kills).toBeGreaterThanOrEqual(300);
}, 900_000);
