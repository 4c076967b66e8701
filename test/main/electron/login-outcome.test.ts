import { describe, expect, it } from 'vitest';
import { launchWords } from '../../../src/main/electron/launch-words.js';
import { loginOutcome } from '../../../src/main/electron/login-outcome.js';

describe('loginOutcome', () => {
  it.each([
    ['darwin', true, { openAtLogin: true, status: 'enabled' }, 'set'],
    ['darwin', true, { openAtLogin: false, status: 'requires-approval' }, 'waits'],
    ['darwin', true, { openAtLogin: true, status: 'requires-approval' }, 'waits'],
    ['darwin', true, { openAtLogin: false, status: 'not-found' }, 'refused'],
    ['darwin', false, { openAtLogin: false, status: 'not-registered' }, 'set'],
    ['darwin', false, { openAtLogin: true, status: 'enabled' }, 'refused'],
    ['win32', true, { openAtLogin: true, executableWillLaunchAtLogin: true }, 'set'],
    ['win32', true, { openAtLogin: true, executableWillLaunchAtLogin: false }, 'waits'],
    ['win32', true, { openAtLogin: false, executableWillLaunchAtLogin: false }, 'refused'],
    ['win32', false, { openAtLogin: false, executableWillLaunchAtLogin: false }, 'set'],
  ] as const)('%s, wished %s, told %j: %s', (platform, isOn, facts, kind) => {
    const outcome = loginOutcome(platform, isOn, facts);
    expect(outcome.kind).toBe(kind);
    const mend = outcome.kind === 'set' ? null : outcome.mend;
    expect(mend === null || mend.includes(platform === 'darwin' ? 'Login Items' : 'Startup apps')).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('launchWords', () => {
  const packaged = { executable: '/opt/cw/context-watcher', appFolder: null, environment: {}, userArguments: [] };
  const mounted = { ...packaged, executable: '/tmp/.mount_cwX/context-watcher' };
  it.each([
    ['packaged', packaged, ['/opt/cw/context-watcher']],
    [
      'from its sources, with a folder of its own for data',
      { ...packaged, executable: '/e/electron', appFolder: '/src/cw', userArguments: ['--data-dir', '/d'] },
      ['/e/electron', '/src/cw', '--data-dir', '/d'],
    ],
    [
      'an AppImage',
      { ...mounted, environment: { APPIMAGE: '/home/me/CW.AppImage', APPDIR: '/tmp/.mount_cwX' } },
      ['/home/me/CW.AppImage'],
    ],
    [
      'started from within another AppImage',
      { ...packaged, environment: { APPIMAGE: '/home/me/Editor.AppImage', APPDIR: '/tmp/.mount_edX' } },
      ['/opt/cw/context-watcher'],
    ],
    [
      'a relative image',
      { ...mounted, environment: { APPIMAGE: 'CW.AppImage', APPDIR: '/tmp/.mount_cwX' } },
      [mounted.executable],
    ],
  ] as const)('%s', (_, facts, words) => {
    expect(launchWords(facts)).toEqual(words);
  });
});
