import { describe, expect, it } from 'vitest';
import { bannerLines, watchingLine } from '../../../src/main/views/banner.js';
import { blankState } from '../../support/blank-state.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';

describe('watchingLine', () => {
  it.each([
    [[], 'Watching 0 folders · exports at 75–95 % · Ctrl+C stops'],
    [['missing'], 'Watching 0 folders · waiting for /r · exports at 75–95 % · Ctrl+C stops'],
    [['watching'], 'Watching 1 folder · exports at 75–95 % · Ctrl+C stops'],
    [
      ['watching', 'missing', 'polling', 'unreadable', 'slow'],
      'Watching 2 folders · exports at 75–95 % · Ctrl+C stops',
    ],
  ] as const)('counts the folders of %j that are watched', (states, line) => {
    const roots = states.map((state) => ({ path: '/r', source: 'usual' as const, state, sessionFiles: null }));
    expect(watchingLine({ ...blankState, roots })).toBe(line);
  });
});

describe('bannerLines', () => {
  it.each([
    ['darwin', 'Darwin'],
    ['win32', 'Windows'],
    ['freebsd', 'freebsd'],
  ])('calls %s %s', (platform, name) => {
    expect(bannerLines(defaultSettings, platform, '1')).toContain(`  Platform: ${name}`);
  });
});
