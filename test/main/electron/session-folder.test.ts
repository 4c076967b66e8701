import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sessionFolder } from '../../../src/main/electron/session-folder.js';
import { tempFolder } from '../../support/temp-folder.js';

test('a folder that exists is opened, also through a link', async () => {
  const folder = tempFolder();
  symlinkSync(folder, `${folder}-link`);
  expect(await sessionFolder(folder, 'linux')).toEqual({ folder, how: 'open' });
  expect(await sessionFolder(`${folder}-link`, 'linux')).toMatchObject({ how: 'open' });
});

test('on macOS a folder that may be a program is only revealed', async () => {
  const program = path.join(tempFolder(), 'Evil.app');
  mkdirSync(program);
  expect(await sessionFolder(program, 'darwin')).toMatchObject({ how: 'reveal' });
  expect(await sessionFolder(`${program}/`, 'darwin')).toMatchObject({ how: 'reveal' });
  expect(await sessionFolder(path.dirname(program), 'darwin')).toMatchObject({ how: 'open' });
});

test('a file is not opened', async () => {
  const file = path.join(tempFolder(), 'run.sh');
  writeFileSync(file, '');
  await expect(sessionFolder(file, 'linux')).rejects.toThrow(/is no folder/);
});

test.each([
  ['nothing said', null, 'linux', /has not said yet/],
  ['gone', '/nowhere/at/all', 'linux', /not there any more/],
  ['not absolute', 'here', 'linux', /no folder of this machine/],
  ['another machine', '//server/share', 'linux', /no folder of this machine/],
  ['another machine on Windows', '\\\\server\\share', 'win32', /no folder of this machine/],
  ['an address', 'https://example.com', 'darwin', /no folder of this machine/],
] as const)('%s: refused with a reason', async (_, cwd, platform, reason) => {
  await expect(sessionFolder(cwd, platform)).rejects.toThrow(reason);
});
