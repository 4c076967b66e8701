import path from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import type { Append, AppendPlan } from './append-plan.js';
import type { Bench, BenchProgram } from './scenario.js';

/** How long a program ran and what it printed. */
export interface ProgramRun {
  readonly milliseconds: number;
  readonly stdout: string;
}

/** Runs a program to its end, its output taken; throws where it fails. Starting it belongs to the time. */
export async function runProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ProgramRun> {
  const startedAt = performance.now();
  const { stdout } = await execa(command, args, {
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env },
    extendEnv: false,
    stdin: 'ignore',
    maxBuffer: 2 ** 30,
  });
  return { milliseconds: performance.now() - startedAt, stdout };
}

/** Runs one of the bench's own processes to its end and hands back the JSON that it prints. */
export async function runBenchProgram<Printed>(
  bench: Bench,
  program: BenchProgram,
  argument: string,
): Promise<Printed> {
  const { stdout } = await runProgram(process.execPath, [bench.program(program), argument], { HOME: bench.folder });
  return JSON.parse(stdout) as Printed;
}

/** Appends by a plan, in a process of its own. */
export function appendByPlan(
  bench: Bench,
  plan: AppendPlan,
): Promise<{ readonly appends: readonly Append[]; readonly seconds: number }> {
  return runBenchProgram(bench, 'append-writer', JSON.stringify(plan));
}

/** Runs the command line as it is built, in plain Node, with a home and data folder of the scenario's own. */
export function runCli(bench: Bench, args: readonly string[]): Promise<ProgramRun> {
  const cli = path.join(bench.projectFolder, 'out', 'main', 'cli.js');
  const data = path.join(bench.folder, 'data');
  return runProgram(process.execPath, [cli, '--data-dir', data, ...args], { HOME: bench.folder });
}
