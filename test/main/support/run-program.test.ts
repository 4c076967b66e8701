import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { programFault, runProgram, type ProgramRequest } from '../../../src/main/support/run-program.js';
import { isAlive } from '../../../src/main/control/process-facts.js';
import { tempFolder } from '../../support/temp-folder.js';
import { waitUntil } from '../../support/wait-until.js';

const run = (code: string, change: Partial<ProgramRequest> = {}) =>
  runProgram({
    program: process.execPath,
    arguments: ['-e', code, ...(change.arguments ?? [])],
    timeoutMilliseconds: change.timeoutMilliseconds ?? 15_000,
    graceMilliseconds: 300,
    ...(change.signal && { signal: change.signal }),
    ...(change.onLine && { onLine: change.onLine }),
    ...(change.environment && { environment: change.environment }),
    ...(change.leavesChildren && { leavesChildren: true }),
  });

/** Starts a child that writes its number to FILE and runs for ever; `options` go to spawn. */
const startsChild = (file: string, options: string) => `
  const { spawn } = require('node:child_process');
  const code = 'require("node:fs").writeFileSync(${JSON.stringify(file).replaceAll('"', '\\"')}, String(process.pid));' +
    'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
  const child = spawn(process.execPath, ['-e', code], ${options});
  const isUp = () => require('node:fs').existsSync(${JSON.stringify(file)});
`;

const endOf = (file: string) =>
  waitUntil('the child’s end', async () => ((await isAlive(Number(readFileSync(file, 'utf8')))) ? null : true), 5_000);

describe('runProgram', () => {
  it('hands over each argument as it is, without a shell, and hands back what was printed', async () => {
    const given = ['$(touch x)', '`id`', '; rm -rf /', '"quoted"', '*', 'two words', ''];
    const outcome = await run('console.log(JSON.stringify(process.argv.slice(1))); console.error("oh")', {
      arguments: given,
    });
    expect(outcome).toEqual({ kind: 'ended', exitCode: 0, stdout: `${JSON.stringify(given)}\n`, stderr: 'oh\n' });
    expect(programFault(outcome)).toBeNull();
  });

  it('tells lines apart, the last one without an end too', async () => {
    const lines: string[] = [];
    await run('process.stdout.write("one\\r\\n\\ntwo — ü\\nlast")', { onLine: (line) => lines.push(line) });
    expect(lines).toEqual(['one', '', 'two — ü', 'last']);
  });

  it('says a program that fails, with the first 200 characters of its complaint on one line', async () => {
    const outcome = await run('console.error("a\\nb" + "x".repeat(500)); process.exitCode = 3');
    expect(outcome).toMatchObject({ kind: 'ended', exitCode: 3 });
    expect(programFault(outcome)).toMatch(/^ended with exit code 3: a\\nbx{195}…$/);
  });

  it('says a program that is not there, and one that may not be run', async () => {
    const program = path.join(tempFolder(), 'none');
    const missing = await runProgram({ program, arguments: [], timeoutMilliseconds: 1_000 });
    expect(missing).toEqual({ kind: 'not-found', program });
    expect(programFault(missing)).toContain('there is no');
    writeFileSync(program, 'x', { mode: 0o600 });
    const closed = await runProgram({ program, arguments: [], timeoutMilliseconds: 1_000 });
    expect(closed).toMatchObject({ kind: 'failed', message: expect.stringMatching(/EACCES/) });
  });

  it('says a program that crashes', async () => {
    const outcome = await run('process.kill(process.pid, "SIGSEGV")');
    expect(outcome).toMatchObject({ kind: 'crashed', signal: 'SIGSEGV' });
    expect(programFault(outcome)).toBe('was ended by SIGSEGV');
  });

  it('ends one that hangs, at the time-out', async () => {
    const before = performance.now();
    const outcome = await run('console.log("up"); setInterval(() => {}, 1000)', { timeoutMilliseconds: 3_000 });
    expect(outcome).toMatchObject({ kind: 'timed-out', stdout: 'up\n' });
    expect(programFault(outcome)).toBe('took longer than 3 s and was ended');
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('kills one that is deaf to SIGTERM, together with children that are deaf too', async () => {
    const file = path.join(tempFolder(), 'pid');
    const code = `process.on('SIGTERM', () => {}); ${startsChild(file, '{ stdio: "inherit" }')} setInterval(() => {}, 1000)`;
    expect(await run(code, { timeoutMilliseconds: 4_000 })).toMatchObject({ kind: 'timed-out' });
    await endOf(file);
  });

  it.skipIf(process.platform === 'win32')('ends a child that has left the group, at the time-out', async () => {
    const file = path.join(tempFolder(), 'pid');
    const code = `${startsChild(file, '{ stdio: "ignore", detached: true }')} setInterval(() => {}, 1000)`;
    expect(await run(code, { timeoutMilliseconds: 4_000 })).toMatchObject({ kind: 'timed-out' });
    await endOf(file);
  });

  it('ends children that a program leaves behind, and does not wait for the pipe they hold', async () => {
    const file = path.join(tempFolder(), 'pid');
    const leaves = `${startsChild(file, '{ stdio: "inherit" }')} const wait = setInterval(() => isUp() && process.exit(0), 20)`;
    const before = performance.now();
    expect(await run(leaves)).toMatchObject({ kind: 'ended', exitCode: 0 });
    expect(performance.now() - before).toBeLessThan(8_000);
    await endOf(file);
  });

  it.skipIf(process.platform === 'win32')('does not wait for the pipe of a child that went away for good', async () => {
    const file = path.join(tempFolder(), 'pid');
    const leaves = `${startsChild(file, '{ stdio: "inherit", detached: true }')} const wait = setInterval(() => isUp() && process.exit(0), 20)`;
    const before = performance.now();
    expect(await run(leaves)).toMatchObject({ kind: 'ended', exitCode: 0 });
    expect(performance.now() - before).toBeLessThan(8_000);
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
  });

  it('leaves children alone where they are meant to stay', async () => {
    const file = path.join(tempFolder(), 'pid');
    const leaves = `${startsChild(file, '{ stdio: "ignore" }')} const wait = setInterval(() => isUp() && process.exit(0), 20)`;
    expect(await run(leaves, { leavesChildren: true })).toMatchObject({ kind: 'ended' });
    await pause(200);
    const pid = Number(readFileSync(file, 'utf8'));
    expect(await isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  it('keeps little of a flood, and the program comes to its end all the same', async () => {
    const before = process.memoryUsage().rss;
    let characters = 0;
    const flood = `
      const block = Buffer.alloc(1024 * 1024, 'x'); let left = 200;
      const more = () => { if (left-- > 0) process.stdout.write(block, more); };
      more();`;
    const outcome = await run(flood, { onLine: (line) => (characters += line.length) });
    expect(outcome).toMatchObject({ kind: 'ended', exitCode: 0, stdout: 'x'.repeat(4_000) });
    expect(characters).toBe(64 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('ends a flood without end at the time-out', async () => {
    const flood = 'const more = () => process.stderr.write("x".repeat(65536), more); more();';
    const outcome = await run(flood, { timeoutMilliseconds: 3_000 });
    expect(outcome).toMatchObject({ kind: 'timed-out', stderr: 'x'.repeat(4_000) });
  });

  it('is ended by an abort, and not begun after one', async () => {
    const abort = new AbortController();
    const file = path.join(tempFolder(), 'ran');
    const running = run('setInterval(() => {}, 1000)', { signal: abort.signal });
    setTimeout(() => abort.abort(), 300);
    expect(await running).toMatchObject({ kind: 'stopped' });
    const later = await run(`require('node:fs').writeFileSync(${JSON.stringify(file)}, '')`, { signal: abort.signal });
    expect(later).toMatchObject({ kind: 'stopped' });
    expect(existsSync(file)).toBe(false);
  });
});
