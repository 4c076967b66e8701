import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { benchResultsSchema, type BenchResult } from '../bench/bench-result.js';
import { benchmarksPage, isBarKept } from '../bench/benchmarks-page.js';
import { scenarios } from '../bench/scenarios.js';

const docs = path.resolve(import.meta.dirname, '../../docs');
const pageFile = path.join(docs, 'BENCHMARKS.md');

async function committedResults(): Promise<readonly BenchResult[]> {
  return benchResultsSchema.parse(JSON.parse(await readFile(path.join(docs, 'benchmarks.json'), 'utf8'))).results;
}

test('the page is what the raw results make', async () => {
  expect(await readFile(pageFile, 'utf8')).toBe(await benchmarksPage(await committedResults(), pageFile));
});

test('every scenario has a result, and each of them tells the scenario as it is now', async () => {
  const told = (await committedResults()).map(({ name, measures, bar }) => ({ name, measures, bar }));
  expect(told).toEqual(scenarios.map(({ name, measures, bar }) => ({ name, measures, bar })));
});

const machine = { platform: 'linux 6.1 x64', cores: 2, memoryGigabytes: 24, node: '20.20.2', electron: null };
const result = (value: number): BenchResult => ({
  name: 'some',
  measures: 'something',
  bar: '≤ 10 ms',
  date: '2026-11-01T10:00:00.000Z',
  quick: false,
  busyPercent: 0,
  machine,
  outcome: {
    kind: 'measured',
    figures: [
      { name: 'p50', value, unit: 'ms', bar: 10 },
      { name: 'longest', value: 12_345.6, unit: 'ms', bar: null },
    ],
    beside: [{ name: 'floor', value: 0.1234, unit: 'ms' }],
    notes: ['A note.'],
    samples: {},
  },
});

test.each([
  { value: 10, kept: true, word: ' yes ' },
  { value: 10.01, kept: false, word: '**no**' },
])('$value of at most 10: kept is $kept', async ({ value, kept, word }) => {
  expect(isBarKept(result(value))).toBe(kept);
  const page = await benchmarksPage([result(value)], pageFile);
  expect(page.split('\n').filter((line) => line.startsWith('| p50') || line.startsWith('| [some]'))).toEqual([
    expect.stringContaining(word),
    expect.stringContaining(word),
  ]);
});

test('quantities are written with three digits and their unit, thousands apart', async () => {
  const page = await benchmarksPage([result(5)], pageFile);
  for (const words of ['| 12 346 ms |', '| 0.123 ms |', '| ≤ 10 ms |']) {
    expect(page.replaceAll(/ +/g, ' ')).toContain(words);
  }
});

test('a result that was skipped says why and judges nothing', async () => {
  const skipped: BenchResult = { ...result(1), outcome: { kind: 'skipped', why: 'There is no desktop.' } };
  expect(isBarKept(skipped)).toBeNull();
  expect(await benchmarksPage([skipped], pageFile)).toContain('Skipped: There is no desktop.');
});
