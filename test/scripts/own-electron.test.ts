import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  downloadElectron,
  downloadFailedLately,
  electronExecutable,
  ownElectron,
} from '../../scripts/own-electron.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-electron-'));
  write('node_modules/electron/package.json', '{"version":"45.4.1"}');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

test('there when the binary is', () => {
  expect(ownElectron(folder)).toBeUndefined();
  const dist = join(folder, 'node_modules', 'electron', 'dist');
  mkdirSync(dirname(electronExecutable(dist)), { recursive: true });
  writeFileSync(electronExecutable(dist), '');
  expect(ownElectron(folder)).toMatchObject({ folder: dist, version: '45.4.1' });
});

test('a failed download is told and remembered for six hours and for this version', async () => {
  write('node_modules/electron/install.js', "console.error('Error: no way there\\n  at x'); process.exitCode = 1;");
  expect(await downloadElectron(folder, folder, 10_000)).toEqual({ kind: 'failed', because: 'Error: no way there' });
  const hour = 3_600_000;
  expect(downloadFailedLately(folder, folder, Date.now() + 5 * hour)).toBe(true);
  expect(downloadFailedLately(folder, folder, Date.now() + 7 * hour)).toBe(false);
  write('node_modules/electron/package.json', '{"version":"45.4.2"}');
  expect(downloadFailedLately(folder, folder, Date.now())).toBe(false);
});

test('a download that hangs is given up', async () => {
  write('node_modules/electron/install.js', 'setInterval(() => {}, 1000);');
  expect(await downloadElectron(folder, folder, 300)).toEqual({ kind: 'failed', because: 'not done after 0.3 s' });
});

test.each<[NodeJS.Platform, string]>([
  ['linux', join('d', 'electron')],
  ['win32', join('d', 'electron.exe')],
  ['darwin', join('d', 'Electron.app', 'Contents', 'MacOS', 'Electron')],
])('the program on %s', (platform, path) => expect(electronExecutable('d', platform)).toBe(path));
