import path from 'node:path';
import { expect, test } from 'vitest';
import { servedFile } from '../../../src/main/electron/served-file.js';

const folder = path.resolve('/app/out/renderer');

test.each([
  ['app://popover/index.html', 'index.html', 'text/html; charset=utf-8'],
  ['app://popover/', 'index.html', 'text/html; charset=utf-8'],
  ['app://popover/assets/index-a1.js', 'assets/index-a1.js', 'text/javascript; charset=utf-8'],
  ['app://popover/assets/index-a1.css?v=2#x', 'assets/index-a1.css', 'text/css; charset=utf-8'],
  ['app://popover/assets/inter.woff2', 'assets/inter.woff2', 'font/woff2'],
  ['app://popover/assets/../index.html', 'index.html', 'text/html; charset=utf-8'],
])('serves %s', (address, file, contentType) => {
  expect(servedFile(folder, address)).toEqual({ path: path.join(folder, file), contentType });
});

test.each([
  'app://popover/..%2f..%2fpackage.json',
  'app://popover/..%5c..%5cpackage.json',
  'app://popover/assets/a.js%00.html',
  'app://popover/assets/%',
  'app://other/index.html',
  'file:///app/out/renderer/index.html',
  'http://popover/index.html',
  'app://popover/secrets.env',
  'app://popover/assets/',
  'no address',
])('refuses %s', (address) => {
  expect(servedFile(folder, address)).toBeNull();
});

test('dots that the address itself resolves stay inside the folder', () => {
  expect(servedFile(folder, 'app://popover/%2e%2e/%2e%2e/etc/passwd.html')?.path).toBe(
    path.join(folder, 'etc/passwd.html'),
  );
});

test('a sibling folder whose name starts alike is not served', () => {
  expect(servedFile('/app/out/render', 'app://popover/..%2frenderer/index.html')).toBeNull();
});
