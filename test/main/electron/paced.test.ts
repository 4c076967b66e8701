import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paced } from '../../../src/main/electron/paced.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('runs at once, then at most once in each pause, and never loses the last call', () => {
  const action = vi.fn();
  const { run } = paced(100, action);
  run();
  expect(action).toHaveBeenCalledTimes(1);
  for (let call = 0; call < 50; call++) run();
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(action).toHaveBeenCalledTimes(2);
  run();
  vi.advanceTimersByTime(99);
  expect(action).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1);
  expect(action).toHaveBeenCalledTimes(3);
});

test('draws no more than ten times a second under a storm of calls', () => {
  const action = vi.fn();
  const { run } = paced(100, action);
  for (let elapsed = 0; elapsed < 1000; elapsed += 5) {
    run();
    vi.advanceTimersByTime(5);
  }
  expect(action.mock.calls.length).toBeLessThanOrEqual(11);
});

test('is quiet after its stop', () => {
  const action = vi.fn();
  const { run, stop } = paced(100, action);
  run();
  run();
  stop();
  vi.advanceTimersByTime(1000);
  expect(action).toHaveBeenCalledTimes(1);
});
