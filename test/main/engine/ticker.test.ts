import { expect, it, vi } from 'vitest';
import { makeTicker } from '../../../src/main/engine/ticker.js';
import { waitUntil } from '../../support/wait-until.js';

it('never runs two sweeps at once, and runs once more when asked meanwhile', async () => {
  const ends: (() => void)[] = [];
  const sweep = vi.fn(() => new Promise<void>((resolve) => void ends.push(resolve)));
  const ticker = makeTicker(sweep, () => undefined);
  ticker.now();
  ticker.now();
  ticker.now();
  expect(sweep).toHaveBeenCalledTimes(1);
  ends[0]?.();
  await waitUntil('the second sweep', () => ends[1]);
  ends[1]?.();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(sweep).toHaveBeenCalledTimes(2);
  ticker.stop();
});

it('goes on after a sweep that failed, and not after its stop', async () => {
  const onError = vi.fn();
  const sweep = vi.fn(() => Promise.reject(new Error('no')));
  const ticker = makeTicker(sweep, onError);
  ticker.every(0.005);
  await waitUntil('two failures', () => (onError.mock.calls.length >= 2 ? true : null));
  ticker.stop();
  const before = sweep.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(sweep).toHaveBeenCalledTimes(before);
});
