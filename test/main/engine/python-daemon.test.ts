import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { engineScene } from '../../support/engine-scene.js';
import { waitUntil } from '../../support/wait-until.js';

const id = '11111111-2222-4333-8444-555555555555';

/** A process whose command line is that of the daemon. */
async function fakeDaemon() {
  const child = execa(
    process.execPath,
    ['-e', 'console.log(1); setInterval(() => {}, 1000)', 'context-watcher-daemon.py'],
    {
      reject: false,
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => void child.stdout.once('data', resolve));
  const { pid } = child;
  if (pid === undefined) throw new Error('The fake daemon did not start.');
  return { pid, child };
}

it('only watches while a Python daemon is alive, and takes over at the user’s wish, keeping the daemon’s cooldown', async () => {
  const scene = engineScene();
  const { pid } = await fakeDaemon();
  mkdirSync(scene.storage);
  const lastExport = new Date(Date.now() - 60_000).toISOString();
  const state = { last_export: lastExport, session_file: `${id}.jsonl` };
  writeFileSync(path.join(scene.storage, 'auto-export-state.json'), JSON.stringify(state));
  scene.write(id, 160_000);
  const engine = await scene.start({ daemonPid: pid });
  await engine.settled();
  expect(engine.state()).toMatchObject({ mode: 'show-only', sessions: [{ percent: 80 }] });
  await expect(engine.exportNow(id)).resolves.toMatchObject({ kind: 'refused' });
  expect(readdirSync(scene.storage)).toEqual(['auto-export-state.json']);
  await engine.stopDaemon();
  await pause(150);
  expect(engine.state().mode).toBe('exporting');
  expect(scene.segments(id)).toEqual([]);
  await expect(engine.exportNow(id)).resolves.toMatchObject({ outcomes: [{ kind: 'exported' }] });
});

it('lists what is dropped into the pending folder beside a daemon, and takes over when the daemon ends by itself', async () => {
  const scene = engineScene();
  const { pid, child } = await fakeDaemon();
  scene.write(id, 160_000);
  const engine = await scene.start({ daemonPid: pid, flags: { pollIntervalSeconds: 1 } });
  const pending = path.join(scene.storage, 'exports-pending');
  mkdirSync(pending, { recursive: true });
  writeFileSync(path.join(pending, 'notes.txt'), 'notes');
  await waitUntil('the file in the list', () => engine.state().pendingExports[0]);
  expect(scene.segments(id)).toEqual([]);
  child.kill('SIGKILL');
  await waitUntil('the export', () => scene.segments(id)[0]);
  await waitUntil('exporting', () => (engine.state().mode === 'exporting' ? true : null));
  expect(engine.state().mode).toBe('exporting');
});

it('steps back when a daemon starts beside it, and comes back when that has ended', async () => {
  const scene = engineScene();
  scene.write(id, 100_000);
  const engine = await scene.start({ flags: { pollIntervalSeconds: 1 } });
  const { pid, child } = await fakeDaemon();
  const pidFile = path.join(scene.storage, 'context-watcher.pid');
  writeFileSync(pidFile, String(pid));
  await waitUntil('show-only', () => (engine.state().mode === 'show-only' ? true : null));
  scene.write(id, 160_000);
  await waitUntil('the reading', () => (engine.state().sessions[0]?.percent === 80 ? true : null));
  await pause(150);
  expect(scene.segments(id)).toEqual([]);
  child.kill('SIGKILL');
  rmSync(pidFile);
  await waitUntil('the export', () => scene.segments(id)[0]);
});
