import { readdirSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startAppRun } from '../../../src/main/electron/app-run.js';
import { makeTestWorld } from '../cli/test-world.js';

async function startOwn() {
  const test = makeTestWorld();
  const shell = { demoPlace: null, show: () => undefined, onStop: () => undefined, askForCommand: async () => false };
  const run = await startAppRun(test.world, test.options, shell);
  if (run.kind === 'refused') throw new Error(run.message);
  onTestFinished(() => run.stop());
  const demoFolders = () =>
    readdirSync(test.world.facts.temporaryFolder).filter((name) => name.startsWith('context-watcher-demo-'));
  return { run, calls: test.calls, demoFolders };
}

describe('startAppRun', () => {
  it('starts one demo for two quick presses', async () => {
    const { run, calls, demoFolders } = await startOwn();
    await Promise.all([run.startDemo(), run.startDemo()]);
    expect(calls).toEqual(['start', 'start']);
    expect(demoFolders()).toHaveLength(1);
  });

  it('leaves a demo that is just being started', async () => {
    const { run, calls, demoFolders } = await startOwn();
    await Promise.all([run.startDemo(), run.leaveDemo()]);
    expect(calls).toEqual(['start', 'start', 'stop']);
    expect(demoFolders()).toEqual([]);
  });

  it('ends every engine, also one that is just being started, and starts none after that', async () => {
    const { run, calls } = await startOwn();
    await Promise.all([run.startDemo(), run.stop(), run.startDemo(), run.stop()]);
    expect(calls).toEqual(['start', 'start', 'stop', 'stop']);
  });
});
