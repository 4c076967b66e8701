import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { announceDegradedWatching } from '../../../src/main/engine/degraded-watching.js';
import { keepProblems } from '../../../src/main/engine/problem-list.js';
import type { WatchingTold } from '../../../src/main/engine/saved-state.js';
import type { NewAppEvent } from '../../../src/shared/app-state.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const slow = { code: 'root-slow', message: 'The drive doesn’t answer.', mend: 'Check it.' };
const second = 1_000;
const hour = 3_600 * second;

/** A run of the app; `told` outlives it. */
function run(kept: { told: Readonly<Record<string, WatchingTold>> }) {
  const events: NewAppEvent[] = [];
  const now = () => new Date();
  const degraded = announceDegradedWatching({
    problems: keepProblems({ now, onNew: () => undefined, onChange: () => undefined }),
    saved: { watchingTold: () => kept.told, setWatchingTold: (told) => void (kept.told = told) },
    addEvent: (event) => events.push(event),
    now,
  });
  return { ...degraded, events };
}

test('trouble that lasts is told once, with what mends it', () => {
  const { problems, events } = run({ told: {} });
  problems.report(slow);
  problems.report({ ...slow, message: 'Two drives don’t answer.' });
  vi.advanceTimersByTime(29 * second);
  expect(events).toEqual([]);
  vi.advanceTimersByTime(second);
  expect(events).toEqual([{ kind: 'watching-degraded', message: 'Two drives don’t answer.', mend: 'Check it.' }]);
  vi.advanceTimersByTime(24 * hour);
  expect(events).toHaveLength(1);
});

test('what is over within half a minute is not told', () => {
  const { problems, events } = run({ told: {} });
  problems.report(slow);
  vi.advanceTimersByTime(20 * second);
  problems.clear(slow.code);
  vi.advanceTimersByTime(hour);
  expect(events).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('trouble that comes and goes is told again after six hours at the soonest', () => {
  const { problems, events } = run({ told: {} });
  for (let hours = 0; hours < 12; hours += 1) {
    problems.report(slow);
    vi.advanceTimersByTime(hour / 2);
    problems.clear(slow.code);
    vi.advanceTimersByTime(hour / 2);
  }
  expect(events).toHaveLength(2);
});

test('each kind of trouble is told of its own', () => {
  const { problems, events } = run({ told: {} });
  problems.report(slow);
  problems.report({ ...slow, code: 'watches-exhausted' });
  vi.advanceTimersByTime(hour);
  expect(events).toHaveLength(2);
});

test('a restart repeats nothing as long as the trouble lasts, and tells it when it has ended in between', () => {
  const kept = { told: {} };
  const first = run(kept);
  first.problems.report(slow);
  vi.advanceTimersByTime(hour);
  first.stop();
  vi.advanceTimersByTime(24 * hour);

  const again = run(kept);
  // Before the first look is done nothing is found; that is no end.
  again.problems.clear(slow.code);
  again.problems.report(slow);
  vi.advanceTimersByTime(24 * hour);
  expect(again.events).toEqual([]);
  again.problems.clear(slow.code);
  again.problems.report(slow);
  vi.advanceTimersByTime(hour);
  expect(again.events).toHaveLength(1);
  again.problems.clear(slow.code);
  vi.advanceTimersByTime(24 * hour);

  const third = run(kept);
  third.problems.report(slow);
  vi.advanceTimersByTime(hour);
  expect(third.events).toHaveLength(1);
});

test('a clock that was set back holds nothing back', () => {
  const kept = { told: { [slow.code]: { at: new Date(Date.now() + hour).toISOString(), isOver: true } } };
  const { problems, events } = run(kept);
  problems.report(slow);
  vi.advanceTimersByTime(hour);
  expect(events).toHaveLength(1);
});
