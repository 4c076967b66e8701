import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followHiddenIcon } from '../../../src/main/electron/hidden-icon.js';
import { pretendPlatform } from '../../support/fake-electron.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const somewhere = { x: 900, y: 0, width: 24, height: 24 };

function follow(platform: NodeJS.Platform) {
  pretendPlatform(platform);
  const bounds = vi.fn<() => typeof somewhere | null>(() => null);
  const problems = { set: vi.fn(), clear: vi.fn() };
  return { bounds, problems, icon: followHiddenIcon({ bounds, problems }) };
}

test('macOS: an icon without a place is told after a while, and taken back when it has one', () => {
  const { bounds, problems, icon } = follow('darwin');
  icon.look();
  vi.advanceTimersByTime(4_999);
  expect(problems.set).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(problems.set).toHaveBeenCalledWith(expect.objectContaining({ code: 'tray-icon-hidden' }));
  bounds.mockReturnValue(somewhere);
  icon.look();
  expect(problems.clear).toHaveBeenCalledWith('tray-icon-hidden');
});

test('macOS: an icon in its place is no problem, and stopping leaves no timer', () => {
  const { bounds, problems, icon } = follow('darwin');
  bounds.mockReturnValue(somewhere);
  vi.advanceTimersByTime(10_000);
  expect(problems.set).not.toHaveBeenCalled();
  follow('darwin').icon.stop();
  icon.stop();
  expect(vi.getTimerCount()).toBe(0);
});

test.each(['linux', 'win32'] as const)('%s: nobody knows the place, and nothing is said', (platform) => {
  const { problems, icon } = follow(platform);
  vi.advanceTimersByTime(10_000);
  icon.look();
  expect(problems.set).not.toHaveBeenCalled();
});
