import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppState } from '../../../src/shared/app-state.js';
import { parseArguments } from '../../../src/main/cli/parse-arguments.js';
import { runCommand } from '../../../src/main/cli/run-command.js';
import type { EngineOptions } from '../../../src/main/engine/engine-contract.js';
import { blankState, someSession } from '../../support/blank-state.js';
import { patient, startNode, stubborn } from '../../support/start-node.js';
import { waitUntil } from '../../support/wait-until.js';
import { writePidFiles } from '../../../src/main/control/pid-file.js';
import { isAlive } from '../../../src/main/control/process-facts.js';
import { makeTestWorld, type TestEngine, type TestWorld } from './test-world.js';

const noProcess = 2_147_483_646;

function command(test: TestWorld, line: string) {
  return runCommand(parseArguments([...line.split(' '), '--data-dir', test.storage], '/'), test.world);
}

/** A headless run in the storage, that is up. */
async function startHeadless(engine: TestEngine = {}, storage?: string) {
  const test = makeTestWorld(engine, storage);
  const ended = command(test, '--headless');
  await waitUntil('the headless run', () => test.stdout().includes('Watching') || null);
  return { ...test, ended, end: () => test.signal({ name: 'SIGTERM', number: 15 }) };
}

/** Files as a killed instance, or the daemon, would have left them. */
function makeStorage(test: TestWorld, pidText: string | number, state?: unknown) {
  mkdirSync(test.storage);
  writeFileSync(path.join(test.storage, 'context-watcher.pid'), String(pidText));
  if (state) writeFileSync(path.join(test.storage, 'auto-export-state.json'), JSON.stringify(state));
}

const pidFiles = (storage: string) => ({
  pidFile: path.join(storage, 'context-watcher.pid'),
  instanceFile: path.join(storage, 'context-watcher.instance.json'),
});

describe('the headless run', () => {
  it('ends with 3 when a Python daemon starts beside it', async () => {
    const scene = makeTestWorld();
    let daemonStarts: () => void = () => undefined;
    const startEngine = async (options: EngineOptions) => {
      const engine = await scene.world.startEngine(options);
      let state = engine.state();
      return {
        ...engine,
        state: () => state,
        subscribe(listener: (next: AppState) => void) {
          daemonStarts = () => listener((state = { ...state, mode: 'show-only' }));
          return () => undefined;
        },
      };
    };
    const ended = command({ ...scene, world: { ...scene.world, startEngine } }, '--headless');
    await waitUntil('the headless run', () => scene.stdout().includes('Watching') || null);
    daemonStarts();
    expect(await ended).toBe(3);
    expect(scene.stderr()).toContain('A Python daemon has started');
    expect(scene.calls.at(-1)).toBe('stop');
  });

  it('logs its banner, says what it watches, and ends clean at a signal', async () => {
    const root = { path: '/claude/projects', source: 'usual', state: 'watching', sessionFiles: 3 } as const;
    const run = await startHeadless({ state: { ...blankState, roots: [root, { ...root, state: 'missing' }] } });
    expect(existsSync(path.join(run.storage, 'context-watcher.pid'))).toBe(true);
    run.end();
    run.end();
    expect(await run.ended).toBe(0);
    const words = run
      .stdout()
      .replace(/^\[[-0-9]{10} [:0-9]{8}\] /gm, '')
      .split('\n');
    expect(words.slice(0, 7)).toEqual([
      'Context Watcher Daemon starting...',
      '  Version: 1.2.3',
      '  Platform: Linux',
      '  Threshold: 75%',
      '  Max threshold: 95%',
      '  Poll interval: 10s',
      '  Cooldown: 10 minutes',
    ]);
    expect(run.stdout()).toMatch(/^Watching 1 folder · .+$/m);
    expect(words.at(-2)).toBe('Received signal 15, shutting down...');
    expect(run.calls).toEqual(['start', 'stop']);
    const left = readdirSync(run.storage).toSorted();
    expect(left).toEqual(['config', 'logs']);
    const logged = readFileSync(path.join(run.storage, 'logs', 'context-watcher.log'), 'utf8');
    expect(logged).toMatch(/^\[[-0-9]{10} [:0-9]{8}\] Context Watcher Daemon starting\.\.\.\n/);
    expect(logged).not.toContain('Watching');
  });

  it('refuses a second start, which leaves no trace', async () => {
    const run = await startHeadless();
    const second = makeTestWorld({}, run.storage);
    expect(await command(second, '--headless')).toBe(3);
    expect(second.stderr()).toContain(`already running (PID ${process.pid})`);
    expect([second.stdout(), second.calls]).toEqual(['', []]);
    run.end();
    expect(await run.ended).toBe(0);
  });

  it('refuses to start beside a live Python daemon, and leaves its pid file', async () => {
    const daemon = await startNode(patient, ['context-watcher-daemon.py']);
    const test = makeTestWorld();
    makeStorage(test, daemon.pid);
    expect(await command(test, '--headless')).toBe(3);
    expect(test.stderr()).toContain(`Python daemon is running (PID ${daemon.pid})`);
    expect(readFileSync(path.join(test.storage, 'context-watcher.pid'), 'utf8')).toBe(String(daemon.pid));
    expect(test.calls).toEqual([]);
  });

  it('says that flags do not fit the stored settings', async () => {
    const test = makeTestWorld();
    mkdirSync(path.join(test.storage, 'config'), { recursive: true });
    writeFileSync(path.join(test.storage, 'config', 'settings.json'), '{"maxPercent": 80}');
    expect(await command(test, '--threshold 85')).toBe(2);
    expect(test.stderr()).toContain('max threshold (80 %) is not above the threshold (85 %)');
  });

  it('says what to do where no socket can be made', async () => {
    const test = makeTestWorld();
    writeFileSync(test.storage, 'a file');
    const facts = { ...test.world.facts, temporaryFolder: path.join(test.storage, 'tmp') };
    expect(await command({ ...test, world: { ...test.world, facts } }, '--headless')).toBe(1);
    expect(test.stderr()).toContain('--data-dir');
    expect(test.stdout()).toContain(`Error: The context storage ${test.storage} can't be used`);
    expect(test.calls).toEqual([]);
  });

  it('goes on where its storage can not be written, and tells the engine', async () => {
    const test = makeTestWorld();
    writeFileSync(test.storage, 'a file');
    const told: string[] = [];
    const startEngine: typeof test.world.startEngine = (options) => {
      told.push(...options.startProblems.map(({ code }) => code));
      return test.world.startEngine(options);
    };
    const ended = command({ ...test, world: { ...test.world, startEngine } }, '--headless');
    await waitUntil('the headless run', () => test.stdout().includes('Watching') || null);
    expect(told).toContain('pid-file-unwritable');
    test.signal({ name: 'SIGTERM', number: 15 });
    expect(await ended).toBe(0);
  });

  it('goes on where its stdout can not be written, and says so once', async () => {
    const test = makeTestWorld();
    const stdout = { write: () => Promise.reject(new Error('ENOSPC')) };
    const ended = command({ ...test, world: { ...test.world, stdout } }, '--headless');
    await waitUntil('the engine', () => test.calls.includes('start') || null);
    test.signal({ name: 'SIGTERM', number: 15 });
    expect(await ended).toBe(0);
    expect(test.stderr()).toMatch(/^The standard output can't be written.+ENOSPC\n$/);
    expect(readdirSync(test.storage).toSorted()).toEqual(['config', 'logs']);
  });

  it('logs what is for the curious where the environment asks for it', async () => {
    const test = makeTestWorld();
    const startEngine: typeof test.world.startEngine = (options) => {
      options.log.debug('a reading');
      return test.world.startEngine(options);
    };
    const facts = { ...test.world.facts, environment: { CONTEXT_WATCHER_LOG: 'debug' } };
    const ended = command({ ...test, world: { ...test.world, facts, startEngine } }, '--headless');
    await waitUntil('the headless run', () => test.stdout().includes('Watching') || null);
    test.signal({ name: 'SIGTERM', number: 15 });
    await ended;
    expect(test.stdout()).toContain('] a reading\n');
  });
});

describe('--once', () => {
  it('prints one JSON object and writes nothing', async () => {
    const test = makeTestWorld();
    expect(await command(test, '--once --json --threshold 60')).toBe(0);
    const state = JSON.parse(test.stdout()) as AppState;
    expect(state.sessions).toEqual([someSession]);
    expect(state.settings.thresholdPercent).toBe(60);
    expect(test.stderr()).toBe('');
    expect(existsSync(test.storage)).toBe(false);
  });

  it('prints a table, and problems apart from it', async () => {
    const problem = { code: 'x', message: 'A bad thing.', mend: 'Mend it.', sessionId: null, since: '' };
    const test = makeTestWorld({ state: { ...blankState, sessions: [someSession], problems: [problem] } });
    expect(await command(test, '--once')).toBe(0);
    expect(test.stdout()).toMatch(/^CONTEXT .+\n +76\.0% .+\n$/);
    expect(test.stderr()).toBe('A bad thing. Mend it.\n');
  });

  it('is fine without a session', async () => {
    const test = makeTestWorld({ state: blankState });
    expect(await command(test, '--once')).toBe(0);
    expect(test.stdout()).toBe('No sessions.\n');
  });
});

describe('--status', () => {
  it('asks the running instance', async () => {
    const run = await startHeadless();
    const test = makeTestWorld({ state: blankState }, run.storage);
    expect(await command(test, '--status')).toBe(0);
    expect(test.stdout()).toContain(`\nStatus: RUNNING (PID: ${process.pid})\n`);
    expect(test.stdout()).toContain('  Context: 76.0%\n');
    expect(test.stdout()).toContain('api-server');
    const json = makeTestWorld({ state: blankState }, run.storage);
    expect(await command(json, '--status --json')).toBe(0);
    expect(JSON.parse(json.stdout())).toEqual({
      running: true,
      pid: process.pid,
      pidFile: 'live',
      ...blankState,
      sessions: [someSession],
    });
    run.end();
    await run.ended;
  });

  it.each<[string, string | number | null, string, object]>([
    ['no pid file', null, 'NOT RUNNING', { pid: null, pidFile: 'none' }],
    ['nonsense', 'abc', 'UNKNOWN (invalid PID file)', { pid: null, pidFile: 'invalid' }],
    ['a stale one', noProcess, `NOT RUNNING (stale PID file: ${noProcess})`, { pid: noProcess, pidFile: 'stale' }],
    ['a reused number', process.ppid, `NOT RUNNING (stale PID file: ${process.ppid})`, { pidFile: 'stale' }],
  ])('tells of %s', async (_, pidText, words, json) => {
    const test = makeTestWorld();
    if (pidText !== null) makeStorage(test, pidText);
    expect(await command(test, '--status')).toBe(0);
    expect(test.stdout().split('\n').slice(0, 3)).toEqual([
      'CODITECT Context Watcher Status',
      '========================================',
      `Status: ${words}`,
    ]);
    const other = makeTestWorld({}, test.storage);
    await command(other, '--status --json');
    expect(JSON.parse(other.stdout())).toMatchObject({ running: false, ...json, sessions: [{ id: someSession.id }] });
  });

  it('tells the last activity that the daemon left behind', async () => {
    const test = makeTestWorld();
    makeStorage(test, noProcess, {
      last_check: '2026-01-11T10:00:00.123456+00:00',
      last_context_percent: 80,
      last_export: '2026-01-11T09:00:00+00:00',
      pending_exports: [{ filename: 'a.jsonl' }],
    });
    await command(test, '--status');
    expect(test.stdout()).toContain(
      [
        '',
        'Last Activity:',
        '  Last check: 2026-01-11T10:00:00.123456+00:00',
        '  Context: 80.0%',
        '  Last export: 2026-01-11T09:00:00+00:00',
        '  Pending exports: 1',
        '',
      ].join('\n'),
    );
  });

  it('tells of the Python daemon', async () => {
    const daemon = await startNode(patient, ['context-watcher-daemon.py']);
    const test = makeTestWorld();
    makeStorage(test, daemon.pid);
    await command(test, '--status');
    expect(test.stdout()).toContain(`the Python daemon runs in its place, PID: ${daemon.pid}`);
  });

  it('tells of an instance that does not answer', async () => {
    const hung = await startNode(patient);
    const test = makeTestWorld();
    mkdirSync(test.storage);
    await writePidFiles(pidFiles(test.storage), hung.pid);
    await command(test, '--status');
    expect(test.stdout()).toContain(`Status: RUNNING (PID: ${hung.pid}), but it does not answer`);
  });
});

describe('--stop', () => {
  it.each([
    ['no pid file', null, 'No PID file found - daemon may not be running\n'],
    ['nonsense', 'abc', 'Invalid PID file - cleaning it up\n'],
    ['a stale one', noProcess, 'Process not found - cleaning up stale PID file\n'],
  ])('with %s says so and cleans up', async (_, pidText, words) => {
    const test = makeTestWorld();
    if (pidText !== null) makeStorage(test, pidText);
    expect(await command(test, '--stop')).toBe(0);
    expect(test.stdout()).toBe(words);
    expect(existsSync(path.join(test.storage, 'context-watcher.pid'))).toBe(false);
  });

  it('never ends another program that has the number now', async () => {
    const other = await startNode(patient);
    const test = makeTestWorld();
    makeStorage(test, other.pid);
    expect(await command(test, '--stop')).toBe(0);
    expect(await isAlive(other.pid)).toBe(true);
  });

  it('leaves the Python daemon to the user', async () => {
    const daemon = await startNode(patient, ['context-watcher-daemon.py']);
    const test = makeTestWorld();
    makeStorage(test, daemon.pid);
    expect(await command(test, '--stop')).toBe(1);
    expect(test.stderr()).toContain('is the Python daemon');
    expect(await isAlive(daemon.pid)).toBe(true);
  });

  it('ends an instance that is proven to be ours and deaf to SIGTERM', async () => {
    const hung = await startNode(stubborn);
    const test = makeTestWorld();
    mkdirSync(test.storage);
    await writePidFiles(pidFiles(test.storage), hung.pid);
    expect(await command(test, '--stop')).toBe(0);
    expect(test.stdout()).toBe(
      `Sent SIGTERM to PID ${hung.pid}\nDaemon did not stop, sending SIGKILL...\nDaemon stopped\n`,
    );
    expect(await isAlive(hung.pid)).toBe(false);
    expect(existsSync(path.join(test.storage, 'context-watcher.pid'))).toBe(false);
  });
});

describe('--export-now', () => {
  const exported = { kind: 'exported', sessionId: 's', name: 'n', path: '/archive/n', messages: 3 } as const;
  const failed = { kind: 'failed', sessionId: 's', message: 'Disk full.', mend: 'Free some.' } as const;

  it.each<[string, TestEngine['answer'], 0 | 1 | 2, string]>([
    ['an export', { kind: 'done', outcomes: [exported] }, 0, 'Exported: /archive/n (3 messages of s)\n'],
    ['nothing new', { kind: 'done', outcomes: [{ kind: 'nothing-new', sessionId: 's' }] }, 0, 'Nothing new in s\n'],
    ['no live session', { kind: 'done', outcomes: [] }, 0, 'Nothing new to export: no session is live.\n'],
    ['a failure', { kind: 'done', outcomes: [exported, failed] }, 1, 'Export of s failed: Disk full. Free some.\n'],
    ['an unknown session', { kind: 'unknown-session', message: 'No such session.' }, 2, 'No such session.\n'],
    ['a refusal', { kind: 'refused', message: 'The daemon exports.' }, 1, 'The daemon exports.\n'],
  ])('with %s here and through the running instance says and exits the same', async (_, answer, exitCode, words) => {
    const here = makeTestWorld(answer ? { answer } : {});
    expect(await command(here, '--export-now 1b9d6bcd')).toBe(exitCode);
    expect(here.stdout() + here.stderr()).toContain(words);
    expect(here.calls).toEqual(['start', 'export 1b9d6bcd', 'stop']);
    expect(readdirSync(here.storage).toSorted()).toEqual(['config', 'logs']);

    const run = await startHeadless(answer ? { answer } : {});
    const asking = makeTestWorld({}, run.storage);
    expect(await command(asking, '--export-now 1b9d6bcd')).toBe(exitCode);
    expect(asking.stdout() + asking.stderr()).toContain(words);
    expect([asking.calls, run.calls]).toEqual([[], ['start', 'export 1b9d6bcd']]);
    run.end();
    await run.ended;
  });
});

describe('--show, --help, --version and wrong arguments', () => {
  it('says that nothing runs, or that it has no popover', async () => {
    const test = makeTestWorld();
    expect(await command(test, '--show')).toBe(1);
    expect(test.stderr()).toContain('not running');
    const run = await startHeadless();
    const asking = makeTestWorld({}, run.storage);
    expect(await command(asking, '--show')).toBe(1);
    expect(asking.stderr()).toContain('headless');
    run.end();
    await run.ended;
  });

  it('prints help and version', async () => {
    const test = makeTestWorld();
    expect(await command(test, '--help')).toBe(0);
    expect(test.stdout()).toMatch(/^Usage: /);
    const version = makeTestWorld();
    expect(await command(version, '--version')).toBe(0);
    expect(version.stdout()).toBe('context-watcher 1.2.3\n');
  });

  it('exits 2 and says what is wrong', async () => {
    const test = makeTestWorld();
    expect(await command(test, '--threshold 200')).toBe(2);
    expect([test.stdout(), test.stderr()]).toEqual(['', expect.stringContaining('from 1 to 99')]);
  });
});
