import { describe, expect, it, test } from 'vitest';
import { isMountedVolume, isOnNetwork, isShare } from '../../../src/main/sessions/network-drive.js';
import { tempFolder } from '../../support/temp-folder.js';

describe('isShare', () => {
  it.each([
    [String.raw`\\server\share\me\.claude`, true],
    ['//server/share', true],
    [String.raw`\\wsl$\Ubuntu\home\me\.claude\projects`, true],
    [String.raw`\\wsl.localhost\Ubuntu\home\me`, true],
    [String.raw`\\?\UNC\server\share`, true],
    [String.raw`\\?\C:\Users\me`, false],
    [String.raw`\\.\C:\Users\me`, false],
    [String.raw`C:\Users\me\.claude`, false],
    [String.raw`\Users\me`, false],
  ])('of %s: %s', (folder, expected) => {
    expect(isShare(folder)).toBe(expected);
  });
});

describe('isMountedVolume', () => {
  it.each([
    ['/Volumes/team/claude', true],
    ['/Network/Servers/home', true],
    ['/Users/me/Volumes/x', false],
    ['/VolumesOfMine/x', false],
  ])('of %s: %s', (folder, expected) => {
    expect(isMountedVolume(folder)).toBe(expected);
  });
});

test.skipIf(process.platform !== 'linux')(
  'a folder on a disk of this machine is not on the network, /proc neither',
  async () => {
    expect([await isOnNetwork(tempFolder()), await isOnNetwork('/proc')]).toEqual([false, false]);
  },
);

test('a folder that is missing can not be asked', async () => {
  await expect(isOnNetwork('/nowhere/at/all')).rejects.toThrow('ENOENT');
});
