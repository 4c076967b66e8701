import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildIsCurrent, rememberBuild, sourceDigest } from '../../scripts/build-state.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-state-'));
  mkdirSync(join(folder, 'src', 'main'), { recursive: true });
  mkdirSync(join(folder, 'out', 'main'), { recursive: true });
  writeFileSync(join(folder, 'src', 'main', 'a.ts'), 'one');
  writeFileSync(join(folder, 'out', 'main', 'index.js'), '');
  rememberBuild(folder, sourceDigest(folder));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('current after a build, also when files were only touched', () => {
  utimesSync(join(folder, 'src', 'main', 'a.ts'), new Date(), new Date(0));
  expect(buildIsCurrent(folder)).toBe(true);
});

test.each<[string, () => void]>([
  ['a changed file', () => writeFileSync(join(folder, 'src', 'main', 'a.ts'), 'two')],
  ['a new file', () => writeFileSync(join(folder, 'src', 'b.ts'), '')],
  [
    'a renamed file',
    () => {
      rmSync(join(folder, 'src', 'main', 'a.ts'));
      writeFileSync(join(folder, 'src', 'main', 'b.ts'), 'one');
    },
  ],
  ['other dependencies', () => writeFileSync(join(folder, 'package-lock.json'), '{}')],
  ['no output', () => rmSync(join(folder, 'out'), { recursive: true })],
  ['no record', () => rmSync(join(folder, '.cache'), { recursive: true })],
])('not current with %s', (_, change) => {
  change();
  expect(buildIsCurrent(folder)).toBe(false);
});
