import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { followRunningClients } from '../../../src/main/sessions/running-clients.js';
import { watchRunningClients } from '../../../src/main/sessions/watch-running-clients.js';
import type { WatchTrouble } from '../../../src/main/sessions/watch-trouble.js';
import { patient, startNode } from '../../support/start-node.js';
import { tempFolder } from '../../support/temp-folder.js';

const soon = { timeout: 5_000, interval: 10 };
const everyone = { isRunning: () => Promise.resolve(true) };

function newConfig() {
  const configFolder = tempFolder();
  const folder = path.join(configFolder, 'sessions');
  mkdirSync(folder);
  const fileOf = (pid: number | string) => path.join(folder, `${pid}.json`);
  const write = (pid: number | string, record: object | string) =>
    writeFileSync(fileOf(pid), typeof record === 'string' ? record : JSON.stringify(record));
  const age = (pid: number, seconds: number) => {
    const at = new Date(Date.now() - seconds * 1_000);
    utimesSync(fileOf(pid), at, at);
  };
  return { configFolder, folder, fileOf, write, age };
}

/** Field 22 of `/proc/<pid>/stat`, by way of its own. */
function startTicksOf(pid: number): string {
  return (
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19] ?? ''
  );
}

test('clients are those whose process runs; everything else is passed over', async () => {
  const { configFolder, folder, write } = newConfig();
  mkdirSync(path.join(folder, '77.json'));
  write(11, { sessionId: 'busy-one', status: 'busy' });
  write(12, { sessionId: 'silent-one', status: 5, procStart: 7, startedAt: 'soon' });
  write(13, { sessionId: 'ended', status: 'idle', procStart: '99', startedAt: 1_795_579_202_497 });
  write(14, '{"sessionId":"half wri');
  write(15, { sessionId: 15 });
  write(16, '[]');
  write(17, { sessionId: 'too long', note: 'x'.repeat(100_000) });
  write(0, { sessionId: 'nobody' });
  write('notes', { sessionId: 'notes' });
  const asked: unknown[] = [];
  const clients = followRunningClients(configFolder, {
    isRunning: (recorded) => Promise.resolve(asked.push(recorded) > 0 && recorded.pid !== 13),
  });
  expect(await clients.read()).toEqual(
    new Map([
      ['busy-one', { pid: 11, status: 'busy', waitingFor: null }],
      ['silent-one', { pid: 12, status: null, waitingFor: null }],
    ]),
  );
  expect(asked).toContainEqual(
    expect.objectContaining({ pid: 13, procStart: '99', startedAtMs: 1_795_579_202_497, sessionId: 'ended' }),
  );
  expect(asked).toContainEqual(expect.objectContaining({ pid: 12, procStart: null, startedAtMs: null }));
});

test('what a client waits for counts only while it waits', async () => {
  const { configFolder, write } = newConfig();
  write(61, { sessionId: 'asks', status: 'waiting', waitingFor: 'permission prompt' });
  write(62, { sessionId: 'works', status: 'busy', waitingFor: 'permission prompt' });
  write(63, { sessionId: 'odd', status: 'waiting', waitingFor: 7 });
  write(64, { sessionId: 'long', status: 'waiting', waitingFor: 'x'.repeat(1_000) });
  const found = await followRunningClients(configFolder, everyone).read();
  expect(['asks', 'works', 'odd'].map((id) => found.get(id)?.waitingFor)).toEqual(['permission prompt', null, null]);
  expect(found.get('long')?.waitingFor).toHaveLength(200);
});

test('a session that two clients have open shows the one that said something last', async () => {
  const { configFolder, write } = newConfig();
  write(21, { sessionId: 'shared', status: 'waiting', statusUpdatedAt: 2_000 });
  write(22, { sessionId: 'shared', status: 'idle', statusUpdatedAt: 1_000 });
  const clients = followRunningClients(configFolder, everyone);
  expect(await clients.read()).toEqual(new Map([['shared', { pid: 21, status: 'waiting', waitingFor: null }]]));
});

test.runIf(process.platform === 'linux')('a number that another process has got by now is not the client', async () => {
  const { configFolder, write } = newConfig();
  const [client, stranger, late] = [await startNode(patient), await startNode(patient), await startNode(patient)];
  write(client.pid, { sessionId: 'runs', procStart: startTicksOf(client.pid), status: 'idle' });
  write(stranger.pid, { sessionId: 'number reused', procStart: '12', startedAt: Date.now() });
  write(late.pid, { sessionId: 'older than its process', startedAt: Date.now() - 600_000 });
  write(process.pid, { sessionId: 'without a start', startedAt: Date.now() });
  write(2 ** 22 + 1, { sessionId: 'above the highest number', procStart: '12' });
  const clients = followRunningClients(configFolder);
  expect([...(await clients.read()).keys()].toSorted()).toEqual(['runs', 'without a start']);
});

test('a config folder without running clients has none', async () => {
  const clients = followRunningClients(path.join(tempFolder(), 'missing'));
  expect(await clients.read()).toEqual(new Map());
});

test('a file that has not changed is not read again, but its process is asked after', async () => {
  const { configFolder, fileOf, write, age } = newConfig();
  const read: string[] = [];
  const running = new Set([31, 32]);
  const clients = followRunningClients(configFolder, {
    isRunning: ({ pid }) => Promise.resolve(running.has(pid)),
    readText: (file) => {
      read.push(path.basename(file));
      return readFile(file, 'utf8');
    },
  });
  for (const pid of running) {
    write(pid, { sessionId: `of ${pid}`, status: 'busy' });
    age(pid, 60);
  }
  await clients.read();
  expect(read.toSorted()).toEqual(['31.json', '32.json']);
  await clients.read();
  expect(read).toHaveLength(2);

  write(31, { sessionId: 'of 31', status: 'idle' });
  age(31, 30);
  expect((await clients.read()).get('of 31')?.status).toBe('idle');
  expect(read).toHaveLength(3);

  running.delete(32);
  rmSync(fileOf(31));
  expect(await clients.read()).toEqual(new Map());
  expect(read).toHaveLength(3);
});

test('a file that was written just now is read again: a change within the same moment leaves time and size as they were', async () => {
  const { configFolder, fileOf, write } = newConfig();
  const clients = followRunningClients(configFolder, everyone);
  const now = new Date();
  write(41, { sessionId: 'quick', status: 'busy' });
  utimesSync(fileOf(41), now, now);
  expect((await clients.read()).get('quick')?.status).toBe('busy');
  write(41, { sessionId: 'quick', status: 'idle' });
  utimesSync(fileOf(41), now, now);
  expect((await clients.read()).get('quick')?.status).toBe('idle');
});

test('a change is told at once, several of one moment once, and other files not at all', async () => {
  const { configFolder, folder, write } = newConfig();
  const onChange = vi.fn<() => void>();
  const watch = watchRunningClients(configFolder, onChange);
  onTestFinished(watch.stop);
  writeFileSync(path.join(folder, '51.0123.key'), 'secret');
  await pause(100);
  expect(onChange).not.toHaveBeenCalled();

  const before = performance.now();
  write(51, { sessionId: 'one', status: 'busy' });
  write(51, { sessionId: 'one', status: 'waiting' });
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), soon);
  expect(performance.now() - before).toBeLessThan(500);
  await pause(100);
  expect(onChange).toHaveBeenCalledTimes(1);

  watch.stop();
  write(51, { sessionId: 'one', status: 'idle' });
  await pause(100);
  expect(onChange).toHaveBeenCalledTimes(1);
});

test('a folder that comes later, or is made again, is watched from the next sweep on', async () => {
  const { configFolder, folder, write } = newConfig();
  rmSync(folder, { recursive: true });
  const onChange = vi.fn<() => void>();
  const watch = watchRunningClients(configFolder, onChange);
  onTestFinished(watch.stop);
  mkdirSync(folder);
  watch.check();
  write(61, { sessionId: 'one' });
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), soon);

  renameSync(folder, `${folder}.old`);
  mkdirSync(folder);
  watch.check();
  write(62, { sessionId: 'two' });
  await vi.waitFor(() => expect(onChange.mock.calls.length).toBeGreaterThan(1), soon);
});

test('where no watch can be had it is told once, and the next sweep tries again', async () => {
  const { configFolder } = newConfig();
  const troubles: WatchTrouble[] = [];
  let refusals = 0;
  const watch = watchRunningClients(configFolder, () => undefined, {
    onTrouble: (trouble) => troubles.push(trouble),
    startWatch: () => {
      refusals += 1;
      throw Object.assign(new Error('no more watches'), { code: 'ENOSPC' });
    },
  });
  onTestFinished(watch.stop);
  watch.check();
  expect(refusals).toBe(2);
  expect(troubles).toEqual([{ code: 'watches-exhausted', message: 'no more watches', path: null }]);
});
