import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unzipFile } from '../../scripts/unzip-file.mjs';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'unzip-file-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('unpacks what is wanted under its new name and nothing else', async () => {
  const big = 'x'.repeat(3_000_000);
  const zip = zipSync({ 'App/App': strToU8(big), 'App/resources/a': strToU8('a'), 'App/empty': strToU8('') });
  writeFileSync(join(folder, 'a.zip'), zip);
  await unzipFile(join(folder, 'a.zip'), join(folder, 'out'), (name) =>
    name.startsWith('App/resources/') ? undefined : name.replace('App/', 'my-'),
  );
  expect(readFileSync(join(folder, 'out', 'my-App'), 'utf8')).toBe(big);
  expect(readFileSync(join(folder, 'out', 'my-empty'), 'utf8')).toBe('');
  expect(existsSync(join(folder, 'out', 'resources'))).toBe(false);
});

test('refuses a path that leads outside', async () => {
  writeFileSync(join(folder, 'a.zip'), zipSync({ '../outside': strToU8('a') }));
  await expect(unzipFile(join(folder, 'a.zip'), join(folder, 'out'), (name) => name)).rejects.toThrow(/outside/);
  expect(existsSync(join(folder, 'outside'))).toBe(false);
});
