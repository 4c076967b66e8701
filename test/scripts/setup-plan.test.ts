import { describe, expect, test } from 'vitest';
import { planSetup } from '../../scripts/setup-plan.mjs';
import { systemNeeds } from '../../scripts/system-needs.mjs';

type Facts = Parameters<typeof planSetup>[1];

/** A Debian 12 desktop where everything is there. */
const debian: Facts = {
  platform: 'linux',
  arch: 'x64',
  isRoot: false,
  family: 'debian',
  has64BitTimes: false,
  missing: [],
  display: 'x11',
  sessionBus: true,
  userNamespaces: true,
  dependencies: 'ready',
  electron: { overrideFolder: undefined, ownIsThere: true, downloadFailedLately: false },
  buildIsCurrent: true,
};
const fresh: Partial<Facts> = {
  dependencies: 'missing',
  electron: { overrideFolder: undefined, ownIsThere: false, downloadFailedLately: false },
  buildIsCurrent: false,
};
const all = systemNeeds.map((need) => need.name);
const mac: Facts = { ...debian, platform: 'darwin', arch: 'arm64', family: 'other', display: 'native' };
const windows: Facts = { ...mac, platform: 'win32', arch: 'x64' };

const kinds = (purpose: 'start' | 'test' | 'package', facts: Facts) =>
  planSetup(purpose, facts).map((step) => step.kind);

describe('what start does', () => {
  const withoutDisplay = ['use-own-electron', 'start-virtual-desktop'];
  test.each<[string, Facts, string[]]>([
    ['a desktop where all is there', debian, ['use-own-electron']],
    ['Wayland', { ...debian, display: 'wayland' }, ['use-own-electron']],
    ['a fresh desktop', { ...debian, ...fresh }, ['install-dependencies', 'download-electron', 'build']],
    ['no display', { ...debian, display: 'none', sessionBus: false }, withoutDisplay],
    ['a display without a session bus', { ...debian, sessionBus: false }, ['use-own-electron', 'warn']],
    ['a CI runner without a display', { ...debian, display: 'none', sessionBus: false }, withoutDisplay],
    ['root', { ...debian, isRoot: true }, ['use-own-electron', 'run-without-sandbox']],
    ['no namespaces for users', { ...debian, userNamespaces: false }, ['use-own-electron', 'check-sandbox-helper']],
    [
      'no namespaces, but root',
      { ...debian, userNamespaces: false, isRoot: true },
      ['use-own-electron', 'run-without-sandbox'],
    ],
    ['changed sources', { ...debian, buildIsCurrent: false }, ['use-own-electron', 'build']],
    [
      'a bare machine, root, no display',
      { ...debian, ...fresh, isRoot: true, display: 'none', sessionBus: false, missing: all },
      [
        'install-libraries',
        'install-dependencies',
        'download-electron',
        'build',
        'run-without-sandbox',
        'start-virtual-desktop',
      ],
    ],
    [
      'a bare machine, ordinary user',
      { ...debian, ...fresh, missing: all },
      ['ask-for-libraries', 'install-dependencies', 'download-electron', 'build'],
    ],
    ['a fresh Mac', { ...mac, ...fresh }, ['install-dependencies', 'download-electron', 'build']],
    ['a Mac where all is there', mac, ['use-own-electron']],
    ['fresh Windows', { ...windows, ...fresh }, ['install-dependencies', 'download-electron', 'build']],
    ['Windows where all is there', windows, ['use-own-electron']],
    // process.getuid says root on a Mac too; the sandbox, the display and the bus are Linux matters.
    ['a Mac as root over ssh', { ...mac, isRoot: true, display: 'none', sessionBus: false }, ['use-own-electron']],
  ])('%s', (_, facts, steps) => expect(kinds('start', facts)).toEqual(steps));
});

describe('which Electron', () => {
  const none = { overrideFolder: undefined, ownIsThere: false, downloadFailedLately: false };
  const failed = { ...none, downloadFailedLately: true };
  const electronStep = (facts: Facts) => planSetup('package', facts).find((step) => step.kind.includes('electron'));
  test.each<[string, Facts, object]>([
    [
      'the override wins',
      { ...debian, electron: { overrideFolder: '/e', ownIsThere: true, downloadFailedLately: false } },
      { kind: 'use-electron-folder', folder: '/e' },
    ],
    ['its own binary', debian, { kind: 'use-own-electron' }],
    [
      'its own binary goes with old dependencies',
      { ...debian, dependencies: 'outdated' },
      { kind: 'download-electron', otherwise: 'make-fallback' },
    ],
    [
      'download, else the fallback',
      { ...debian, electron: none },
      { kind: 'download-electron', otherwise: 'make-fallback' },
    ],
    ['not tried again after a failure', { ...debian, electron: failed }, { kind: 'make-fallback-electron' }],
    [
      'no fallback on ARM',
      { ...debian, arch: 'arm64', electron: failed },
      { kind: 'download-electron', otherwise: 'stop' },
    ],
    ['no fallback on a Mac', { ...mac, electron: failed }, { kind: 'download-electron', otherwise: 'stop' }],
    ['no fallback on Windows', { ...windows, electron: none }, { kind: 'download-electron', otherwise: 'stop' }],
  ])('%s', (_, facts, step) => expect(electronStep(facts)).toEqual(step));
});

describe('missing libraries', () => {
  const two = ['libasound.so.2', 'Xvfb', 'xdotool'];
  const libraryStep = (facts: Facts, purpose: 'start' | 'test' = 'start') =>
    planSetup(purpose, { ...facts, missing: two })[0];
  test.each<[string, Facts, string]>([
    ['Debian', debian, 'sudo apt-get install -y --no-install-recommends libasound2'],
    [
      'Ubuntu 24.04',
      { ...debian, has64BitTimes: true },
      'sudo apt-get install -y --no-install-recommends libasound2t64',
    ],
    [
      'Debian without a display',
      { ...debian, display: 'none' },
      'sudo apt-get install -y --no-install-recommends libasound2 xvfb',
    ],
    ['Fedora', { ...debian, family: 'fedora' }, 'sudo dnf install -y alsa-lib'],
    ['Fedora as root', { ...debian, family: 'fedora', isRoot: true }, 'dnf install -y alsa-lib'],
    ['Arch', { ...debian, family: 'arch' }, 'sudo pacman -S --needed --noconfirm alsa-lib'],
    ['another', { ...debian, family: 'other' }, 'install the packages that bring: libasound.so.2'],
  ])('%s: the exact command', (_, facts, command) => {
    expect(libraryStep(facts)).toMatchObject({ kind: 'ask-for-libraries', command });
  });

  test('root on Debian installs them, and lists what is missing', () => {
    const root: Facts = { ...debian, isRoot: true, display: 'none' };
    expect(libraryStep(root)).toEqual({
      kind: 'install-libraries',
      missing: ['libasound.so.2', 'Xvfb'],
      packages: ['libasound2', 'xvfb'],
    });
  });

  test('the tests need a virtual desktop and what drives it, even with a display', () => {
    const root: Facts = { ...debian, isRoot: true };
    expect(libraryStep(root, 'test')).toMatchObject({ packages: ['libasound2', 'xvfb', 'xdotool'] });
  });

  test('a package that brings two things is named once', () => {
    const facts: Facts = { ...debian, isRoot: true, display: 'none', missing: ['dbus-daemon', 'dbus-send'] };
    expect(planSetup('start', facts)[0]).toMatchObject({ packages: ['dbus'] });
  });

  test.each([mac, windows])('$platform needs none', (facts) =>
    expect(kinds('test', { ...facts, missing: all })).toEqual(['use-own-electron']),
  );
});

describe('test and package', () => {
  test.each<['test' | 'package', Facts, string[]]>([
    ['test', { ...debian, isRoot: true, display: 'none', buildIsCurrent: false }, ['use-own-electron']],
    [
      'package',
      { ...debian, isRoot: true, display: 'none', buildIsCurrent: false, missing: all },
      ['use-own-electron', 'build'],
    ],
    ['package', { ...windows, buildIsCurrent: false }, ['use-own-electron', 'build']],
  ])('%s takes only what it needs', (purpose, facts, steps) => expect(kinds(purpose, facts)).toEqual(steps));
});
