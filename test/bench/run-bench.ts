import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { format, resolveConfig } from 'prettier';
import { benchResultsSchema, type BenchResult } from './bench-result.js';
import { benchmarksPage, isBarKept } from './benchmarks-page.js';
import type { DesktopScene } from './desktop-scene.js';
import { busyPercent, machineFacts } from './machine-facts.js';
import { endDescendants } from './process-facts.js';
import type { Bench, Scenario } from './scenario.js';
import { scenarios } from './scenarios.js';

/** What a run of the benchmark is told. */
export interface BenchOptions {
  readonly projectFolder: string;
  readonly cacheFolder: string;
  /** Where the bench's own processes are built. */
  readonly programFolder: string;
  readonly chosen: readonly Scenario[];
  readonly quick: boolean;
  readonly desktop: DesktopScene | null;
  readonly say: (line: string) => void;
  /** Aborted when the run is to end early. */
  readonly ending: AbortSignal;
}

/** The scenarios of these names in the order of the page, all for an empty list; throws for a name that none has. */
export function chooseScenarios(names: readonly string[]): readonly Scenario[] {
  const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No scenario is named ${unknown.join(', ')}. There are: ${scenarios.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name));
}

/**
 * Measures the chosen scenarios, one after the other, the quiet ones side by side at the end, and after each of them writes
 * `docs/benchmarks.json` and `docs/BENCHMARKS.md`; the figures of the others stay. Resolves with how many failed to be measured.
 */
export async function runBench(options: BenchOptions): Promise<number> {
  const { chosen, say, ending } = options;
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'context-watcher-bench-')));
  chmodSync(root, 0o755); // The app may run as another user.
  const interrupted = new Promise<never>((_resolve, reject) => {
    ending.addEventListener('abort', () => {
      endDescendants(process.pid);
      reject(new Error('Interrupted.'));
    });
  });
  interrupted.catch(() => undefined); // Whoever measures then hears of it.
  let failed = 0;
  let keeping: Promise<void> = Promise.resolve();
  const run = async (scenario: Scenario): Promise<void> => {
    if (ending.aborted) return;
    const folder = path.join(root, scenario.name);
    mkdirSync(folder);
    try {
      const result = await Promise.race([resultOf(scenario, folder, options), interrupted]);
      // One after the other: each takes up what the last has written.
      keeping = keeping.then(() => keepResult(options.projectFolder, result));
      await keeping;
      say(`${scenario.name}: ${told(result)}`);
    } catch (error) {
      failed += 1;
      say(
        `${scenario.name} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  try {
    for (const scenario of chosen.filter(({ isQuiet }) => !isQuiet)) await run(scenario);
    await Promise.all(chosen.filter(({ isQuiet }) => isQuiet).map(run));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return failed;
}

function benchIn(folder: string, { quick, projectFolder, cacheFolder, programFolder, desktop }: BenchOptions): Bench {
  const program: Bench['program'] = (name) => path.join(programFolder, `${name}.js`);
  return { quick, folder, projectFolder, cacheFolder, program, desktop };
}

async function resultOf(scenario: Scenario, folder: string, options: BenchOptions): Promise<BenchResult> {
  const { name, measures, bar, needsDesktop } = scenario;
  const { quick, desktop, say } = options;
  const busy = await busyPercent();
  say(`${name}: ${measures}${busy < 10 ? '' : ` (other work keeps the cores ${busy} % busy)`}`);
  const outcome = await scenario.measure(benchIn(folder, options));
  const machine = machineFacts(needsDesktop ? (desktop?.electronVersion ?? null) : null);
  return { name, measures, bar, date: new Date().toISOString(), quick, busyPercent: busy, machine, outcome };
}

/** Puts a result in the place of the scenario's last one, and makes the page anew. */
async function keepResult(projectFolder: string, result: BenchResult): Promise<void> {
  const [json, page] = ['benchmarks.json', 'BENCHMARKS.md'].map((name) => path.join(projectFolder, 'docs', name));
  if (json === undefined || page === undefined) return;
  const known = [...readResults(json).filter(({ name }) => name !== result.name), result];
  const results = scenarios.flatMap(({ name }) => known.filter((each) => each.name === name));
  const text = await format(JSON.stringify({ results }), { ...(await resolveConfig(json)), parser: 'json' });
  const pageText = await benchmarksPage(results, page);
  writeFileSync(json, text);
  writeFileSync(page, pageText);
}

function readResults(file: string): readonly BenchResult[] {
  try {
    return benchResultsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).results;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function told(result: BenchResult): string {
  const { outcome } = result;
  if (outcome.kind === 'skipped') return `skipped: ${outcome.why}`;
  const words = [...outcome.figures, ...outcome.beside].map(({ name, value, unit }) =>
    `${name} ${value} ${unit}`.trim(),
  );
  return `${isBarKept(result) ? 'kept' : 'NOT kept'}: ${words.join('; ')}`;
}
