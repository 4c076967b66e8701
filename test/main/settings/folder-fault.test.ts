import { expect, it } from 'vitest';
import { folderFault } from '../../../src/main/settings/folder-fault.js';

const server = String.raw`\\server\share\claude`;
const wsl = String.raw`\\wsl$\Ubuntu\home\me\.claude`;
const drive = String.raw`C:\Users\me\.claude`;

it.each<[NodeJS.Platform, string, string | null]>([
  ['win32', drive, null],
  ['win32', 'c:/Users/me/.claude', null],
  ['win32', server, null],
  ['win32', wsl, null],
  ['win32', String.raw`\\wsl.localhost\Ubuntu\home\me\.claude`, null],
  ['win32', String.raw`\\?\C:\Users\me`, null],
  ['win32', String.raw`~\.claude`, null],
  ['win32', '/mnt/c/Users', 'names no drive'],
  ['win32', String.raw`\Users\me`, 'names no drive'],
  ['win32', 'C:relative', 'not absolute'],
  ['win32', String.raw`\\server`, 'names no drive'],
  ['linux', '/mnt/c/Users/me/.claude', null],
  ['linux', '~', null],
  ['linux', '~someone', 'not absolute'],
  ['linux', 'relative/a', 'not absolute'],
  ['linux', drive, 'inside WSL it is /mnt/c/Users/me/.claude'],
  ['linux', wsl, 'is a Windows path'],
  ['darwin', drive, 'is a Windows path'],
  ['darwin', '/Volumes/team', null],
  ['linux', '/nul\0', 'NUL'],
  ['win32', 'C:\\nul\0', 'NUL'],
])('on %s: %s', (platform, folder, fault) => {
  expect(String(folderFault(folder, platform))).toMatch(fault ?? /^null$/);
});
