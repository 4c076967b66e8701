import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/main/cli/parse-arguments.js';
import { runCommand } from '../../../src/main/cli/run-command.js';
import { blankState } from '../../support/blank-state.js';
import { waitUntil } from '../../support/wait-until.js';
import { makeTestWorld, type TestEngine, type TestWorld } from './test-world.js';

const command = (test: TestWorld, line: string) =>
  runCommand(parseArguments([...line.split(' '), '--data-dir', test.storage], '/'), test.world);

/** A storage with these names in its pending folder, and nobody who runs. */
function makeStorage(...names: string[]) {
  const test = makeTestWorld();
  const pending = path.join(test.storage, 'exports-pending');
  mkdirSync(pending, { recursive: true });
  for (const name of names) writeFileSync(path.join(pending, name), 'notes');
  return { ...test, pending, aside: path.join(test.storage, 'set-aside') };
}

async function startHeadless(engine: TestEngine = {}) {
  const test = makeTestWorld(engine);
  const ended = command(test, '--headless');
  await waitUntil('the headless run', () => test.stdout().includes('Watching') || null);
  const end = () => (test.signal({ name: 'SIGTERM', number: 15 }), ended);
  return { ...test, end, ask: makeTestWorld({}, test.storage) };
}

describe('--pending', () => {
  it('lists what is on the disk where nothing runs, and touches nothing', async () => {
    const test = makeStorage('b\u202e.txt');
    expect(await command(test, '--pending')).toBe(0);
    expect(test.stdout()).toBe('Pending: 1\n  waiting                       5 B  b\\u202e.txt\n');
    expect(readdirSync(test.storage)).toEqual(['exports-pending']);
  });

  it('says that there is nothing, as JSON too', async () => {
    const [words, json] = [makeTestWorld(), makeTestWorld()];
    expect(await command(words, '--pending')).toBe(0);
    expect(words.stdout()).toBe('Nothing is pending.\n');
    expect(await command(json, '--pending --json')).toBe(0);
    expect(JSON.parse(json.stdout())).toEqual({ total: 0, pending: [], setAside: [] });
  });

  it('has attempts, reasons and the number of all from the running instance', async () => {
    const state = {
      ...blankState,
      pendingTotal: 90_000,
      pendingExports: [
        {
          name: 'a.jsonl',
          sessionId: null,
          percent: null,
          trigger: null,
          state: 'retrying' as const,
          bytes: 41_000,
          exportedAt: null,
          attempts: 2,
          problem: 'The disk is full.',
        },
      ],
      setAside: [{ name: 'c.jsonl', bytes: 7, isUnfinished: true }],
    };
    const running = await startHeadless({ state });
    expect(await command(running.ask, '--pending')).toBe(0);
    expect(running.ask.stdout()).toBe(
      [
        'Pending: 90000',
        '  retrying (2 attempts)     41.0 kB  a.jsonl',
        '    The disk is full.',
        '  … and 89999 more',
        'Set aside: 1',
        '  unfinished                    7 B  c.jsonl',
        '',
      ].join('\n'),
    );
    expect(await running.end()).toBe(0);
  });
});

describe('--retry, --set-aside and --bring-back', () => {
  it('ask the running instance where there is one', async () => {
    const running = await startHeadless();
    for (const line of ['--retry all', '--retry a.txt', '--set-aside a.txt', '--bring-back a.txt']) {
      expect(await command(running.ask, line)).toBe(0);
    }
    expect(running.calls.slice(1)).toEqual(['retry all', 'retry a.txt', 'set aside a.txt', 'bring back a.txt']);
    expect(running.ask.stdout()).toContain('Done: set aside a.txt\n');
    expect(await running.end()).toBe(0);
  });

  it('retry with an engine of their own for the moment', async () => {
    const test = makeStorage('a.txt');
    expect(await command(test, '--retry all')).toBe(0);
    expect(test.calls).toEqual(['start', 'retry all', 'stop']);
  });

  it('move files in this process, without an engine that would begin to process them', async () => {
    const test = makeStorage('a.txt', 'b.txt');
    expect(await command(test, '--set-aside a.txt')).toBe(0);
    expect(test.stdout()).toBe(`Set aside: ${path.join(test.aside, 'a.txt')}\n`);
    expect([readdirSync(test.pending), readdirSync(test.aside)]).toEqual([['b.txt'], ['a.txt']]);
    expect(await command(test, '--bring-back a.txt')).toBe(0);
    expect([readdirSync(test.pending), readdirSync(test.aside)]).toEqual([['a.txt', 'b.txt'], []]);
    expect(test.calls).toEqual([]);
    expect(existsSync(path.join(test.storage, 'context-watcher.pid'))).toBe(false);
  });

  it('end with 2 for a name that is not there, 1 where one is taken', async () => {
    const test = makeStorage('a.txt');
    expect(await command(test, '--set-aside none.txt')).toBe(2);
    expect(await command(test, '--bring-back none.txt')).toBe(2);
    await command(test, '--set-aside a.txt');
    writeFileSync(path.join(test.pending, 'a.txt'), 'newer');
    expect(await command(test, '--bring-back a.txt')).toBe(1);
    expect(test.stderr()).toContain('No pending file is named none.txt. See them with --pending.');
    expect(test.stderr()).toContain('pending already');
  });
});
