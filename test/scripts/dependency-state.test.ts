import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dependencyState } from '../../scripts/dependency-state.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dependency-state-'));
  mkdirSync(join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, packages: object) => writeFileSync(join(folder, file), JSON.stringify({ packages }));
const lock = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.2.3' },
  'node_modules/b-for-another-system': { version: '2.0.0', optional: true },
};

test('missing before the first install', () => {
  write('package-lock.json', lock);
  expect(dependencyState(folder)).toBe('missing');
});

test.each<[string, object, string]>([
  ['the same versions', { 'node_modules/a': { version: '1.2.3' } }, 'ready'],
  ['an older version', { 'node_modules/a': { version: '1.2.2' } }, 'outdated'],
  ['a package less', {}, 'outdated'],
])('%s', (_, installed, state) => {
  write('package-lock.json', lock);
  write('node_modules/.package-lock.json', installed);
  expect(dependencyState(folder)).toBe(state);
});

test('says what to do without a lock file', () => {
  expect(() => dependencyState(folder)).toThrow(/Next: /);
});
