import { spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { finishUnfinishedExports } from '../../../src/main/export/unfinished-exports.js';
import { metadataLine, sessionId, userLine } from '../export/export-fixture.js';
import { agent, meta, sidecarScene } from '../export/sidecar-scene.js';
import { makeArchiveFixture } from './archive-fixture.js';
import { buildForNode } from './build-for-node.js';
import type { KillPlan } from './kill-child.js';

const steps = [
  'open-source',
  'write-sidecar',
  'flush-sidecar',
  'first-byte',
  'flush-segment',
  'write-draft',
  'publish-segment',
  'publish-sidecars',
  'flush-folder',
  'commit-manifest',
  'flush-commit',
  'index',
  'copy-manifest',
  'move-sidecars',
  'move',
  'remove-manifest',
  'report',
  'settle',
  'done',
] as const;

/** Runs a child until it is dead; answers the step it died before, or `any moment`. */
async function runUntilDead(script: URL, plan: KillPlan, killAfterMs: number | null): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(script), JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stderr.on('data', (data) => (complained += data));
  child.stdout.on('data', (data) => {
    if (said === '' && killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    said += data;
  });
  const watchdog = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const signal = await new Promise((resolve) => {
    child.once('close', (_, by) => resolve(by));
  });
  clearTimeout(watchdog);
  expect({ signal, complained }).toEqual({ signal: 'SIGKILL', complained: '' });
  return said.replace('ready ', '') || 'any moment';
}

it('loses and doubles nothing when it is killed at any step, while the session is being written', async () => {
  const script = await buildForNode('test/main/archive/kill-child.ts');
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const { layout, sourcePath } = fixture;
  const sidecars = sidecarScene(fixture);
  const diedBefore = new Map<string, number>();
  let seed = 20_261_101;
  const random = (below: number) => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed % below;
  };
  let lines = 0;
  let rest = '';
  /** Writes a piece that may end in the middle of a line. */
  const writeOn = () => {
    if (rest === '') {
      lines += 1;
      rest = userLine(`u${lines}`, 'x'.repeat(random(5) === 0 ? random(200_000) : random(300))) + metadataLine;
    }
    const length = random(3) === 0 ? random(rest.length) : rest.length;
    appendFileSync(sourcePath, rest.slice(0, length));
    rest = rest.slice(length);
    appendFileSync(sidecars.at(agent), `${'s'.repeat(random(2_000))}${random(2) === 0 ? '\n' : ''}`);
    if (random(20) === 0) writeFileSync(sidecars.at(meta), `{"lines":${lines}}`);
  };
  await sidecars.write(agent, '');
  writeOn();
  const writer = setInterval(writeOn, 3);

  try {
    const kills = [
      ...steps.flatMap((step) => [1, 2 + random(3)].map((time) => ({ dieBefore: { step, time }, afterMs: null }))),
      ...Array.from({ length: 8 }, () => ({ dieBefore: null, afterMs: random(80) })),
    ];
    for (const { dieBefore, afterMs } of kills) {
      const plan = { contextStorage: layout.contextStorage, sourcePath, sessionId, dieBefore };
      const step = await runUntilDead(script, plan, afterMs);
      diedBefore.set(step, (diedBefore.get(step) ?? 0) + 1);
    }
  } finally {
    clearInterval(writer);
  }
  appendFileSync(sourcePath, rest);
  appendFileSync(sidecars.at(agent), '\n');
  writeFileSync(sidecars.at(meta), 'the last word');
  expect([...diedBefore.entries()].toSorted()).toEqual(
    [...steps.map((step) => [step, 2] as const), ['any moment', 8] as const].toSorted(),
  );

  await finishUnfinishedExports({
    folders: layout,
    setAside: layout.setAside,
    findSources: async () => [{ sessionId, path: sourcePath }],
    now: () => new Date(),
    appVersion: '0.1.0',
    log: () => undefined,
  });
  await fixture.exportNow();
  await fixture.queue.processAll();

  const { segments } = await readExportLedger({ sessionId, ...layout });
  const pieces = segments.flatMap(({ manifest }) => manifest.sidecars ?? []);
  for (const relative of [agent, meta]) {
    expect((await sidecars.joined(relative)) === (await readFile(sidecars.at(relative), 'utf8'))).toBe(true);
  }
  const agentBytes = pieces.filter(({ path: of }) => of === agent).map(({ range }) => range.end - range.start);
  expect(agentBytes.reduce((sum, bytes) => sum + bytes, 0)).toBe((await readFile(sidecars.at(agent))).length);
  const bytes = segments.map(({ name }) => readFile(path.join(layout.exportsArchive, sessionId, name)));
  const source = await fixture.source();
  expect(Buffer.concat(await Promise.all(bytes)).equals(source.subarray(0, source.lastIndexOf(10) + 1))).toBe(true);
  expect(segments.length).toBeGreaterThan(20);
  // Nothing besides: each line is in exactly one segment, the queue is empty, no half-written file is left.
  expect(await fixture.archived()).toHaveLength(segments.length * 2 + pieces.length);
  const everything = await readdir(layout.contextStorage, { recursive: true });
  expect(everything.filter((name) => name.includes('.cw-tmp') || name.includes('set-aside'))).toEqual([]);
  expect(await readdir(layout.exportsPending)).toEqual([]);
  expect(await fixture.index.unsettled()).toEqual([]);
  const reports = await fixture.reports();
  expect(reports).toHaveLength(segments.length);
  const total = (key: string) => reports.reduce((sum, report) => sum + Number(report[key]), 0);
  expect(total('messages_new')).toBe(lines);
  expect(total('messages_duplicate')).toBe(0);
}, 240_000);
