import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/engine-contract.js';
import type { Job, JobKind } from '../../../src/shared/jobs.js';
import { engineScene, type EngineScene } from '../../support/engine-scene.js';
import { promptLine } from '../../support/transcript-lines.js';
import { waitUntil } from '../../support/wait-until.js';
import { buildForNode } from '../archive/build-for-node.js';

const id = '11111111-2222-4333-8444-555555555555';
let workerUrl: URL;
beforeAll(async () => {
  workerUrl = await buildForNode('src/main/archive/entry-index-worker.ts');
}, 60_000);

interface JobScene extends EngineScene {
  readonly engine: Engine;
  /** Every state of the jobs, in order. */
  readonly seen: Job[];
  /** Waits until a job of this kind has ended that began after the one with that id, and hands it back. */
  readonly ended: (kind: JobKind, after?: number) => Promise<Job>;
}

/** A session of so many megabytes, archived in two exports. */
async function archivedScene(megabytes: number): Promise<JobScene> {
  const scene = engineScene();
  const engine = await scene.start({ entryIndexWorker: workerUrl });
  for (const half of [1, 2]) {
    const lines = Array.from({ length: Math.max(1, megabytes * 8) }, (_, index) =>
      promptLine({ uuid: `p${half}-${index}`, text: 'plum '.repeat(12_500), line: { cwd: '/w/api-server' } }),
    );
    scene.write(id, lines);
    await engine.sweepNow();
    await engine.exportNow(null);
    await waitUntil('an empty queue', () => engine.state().pendingExports.length === 0 || null);
  }
  return { ...scene, engine, ...follow(engine) };
}

function follow(engine: Engine): Pick<JobScene, 'seen' | 'ended'> {
  const seen: Job[] = [];
  engine.subscribe(({ jobs }) => seen.push(...jobs));
  return {
    seen,
    ended: (kind, after = 0) =>
      waitUntil(`the end of ${kind}`, () =>
        engine.state().jobs.find((job) => job.kind === kind && job.state === 'ended' && job.id > after),
      ),
  };
}

function isMonotone(jobs: readonly Job[]): boolean {
  return jobs.every(({ done, total }, at) => done >= (jobs[at - 1]?.done ?? 0) && (total === null || done <= total));
}

it('verifies, and names what is damaged with its mend', async () => {
  const { engine, storage, segments, seen, ended } = await archivedScene(1);
  expect(engine.jobs.start({ kind: 'verify' })).toEqual({ kind: 'started' });
  expect(engine.jobs.start({ kind: 'verify' })).toMatchObject({ kind: 'refused' });
  const job = await ended('verify');
  expect(job.result).toMatchObject({ kind: 'verified', sessions: 1, segments: 2, troublesTotal: 0 });
  expect(seen.some(({ state }) => state === 'running')).toBe(true);
  engine.jobs.dismiss(job.id);
  await waitUntil('no job', () => engine.state().jobs.length === 0 || null);

  const [first = ''] = segments(id);
  writeFileSync(path.join(storage, 'exports-archive', id, first), 'spoilt');
  engine.jobs.start({ kind: 'verify' });
  const { result } = await ended('verify');
  expect(result).toMatchObject({ kind: 'verified', troublesTotal: 1 });
  const [trouble] = result?.kind === 'verified' ? result.troubles : [];
  expect(trouble?.message).toContain(first);
  expect(trouble?.mend).toMatch(/backup/);
});

it('restores with progress, and knows where that is', async () => {
  const { engine, sessionFile, joined, seen, ended } = await archivedScene(20);
  rmSync(sessionFile(id));
  expect(engine.jobs.start({ kind: 'restore', sessionId: id, into: null })).toEqual({ kind: 'started' });
  const job = await ended('restore');
  expect(job).toMatchObject({ sessionId: id, result: { kind: 'restored', path: sessionFile(id), troublesTotal: 0 } });
  expect(readFileSync(sessionFile(id), 'utf8')).toBe(joined(id));
  expect(isMonotone(seen.filter(({ kind }) => kind === 'restore'))).toBe(true);
  expect(engine.jobs.restoredPath(job.id)).toBe(sessionFile(id));
  expect(engine.jobs.restoredPath(job.id + 1)).toBeNull();

  writeFileSync(sessionFile(id), 'other lines\n'.repeat(3));
  engine.jobs.start({ kind: 'restore', sessionId: id, into: null });
  const refused = await ended('restore', job.id);
  expect(refused).toMatchObject({ result: { kind: 'refused' } });
  engine.jobs.start({ kind: 'restore', sessionId: '99999999-2222-4333-8444-555555555555', into: null });
  expect(await ended('restore', refused.id)).toMatchObject({ result: { kind: 'refused' } });
  expect(engine.jobs.start({ kind: 'restore', sessionId: '../x', into: null })).toMatchObject({ kind: 'refused' });
});

it('a restoration that is cancelled ends at once and leaves nothing', async () => {
  const { engine, home, ended } = await archivedScene(80);
  const into = path.join(home, 'into');
  let earlier: number | undefined;
  /** Where the machine is busy the restoration may end before the wish to cancel it is heard: then once more. */
  async function cancelled(): Promise<number | null> {
    rmSync(into, { recursive: true, force: true });
    engine.jobs.start({ kind: 'restore', sessionId: id, into });
    const begun = await waitUntil('its first bytes', () => {
      const job = engine.state().jobs.find((one) => one.kind === 'restore' && one.id !== earlier);
      return job && (job.state === 'ended' || (job.done > 0 && existsSync(into))) ? job : null;
    });
    const cancelledAt = performance.now();
    engine.jobs.cancel(begun.id);
    const { result } = await ended('restore', earlier);
    earlier = begun.id;
    return result?.kind === 'cancelled' ? performance.now() - cancelledAt : null;
  }
  let tookMs: number | null = null;
  // oxlint-disable-next-line no-await-in-loop
  for (let tries = 0; tries < 5 && tookMs === null; tries += 1) tookMs = await cancelled();
  expect(tookMs).not.toBeNull();
  expect(tookMs).toBeLessThan(2_000);
  expect(readdirSync(into)).toEqual([]);
}, 60_000);

it('a verification and a rebuilding that are cancelled end at once; what was indexed is found, and the rest goes on at a wish', async () => {
  const { engine, seen, ended } = await archivedScene(30);
  for (const kind of ['verify', 'reindex'] as const) {
    engine.jobs.start({ kind });
    const running = await waitUntil('the job', () => engine.state().jobs.find((job) => job.kind === kind));
    const cancelledAt = performance.now();
    engine.jobs.cancel(running.id);
    expect((await ended(kind)).result).toEqual({ kind: 'cancelled' });
    expect(performance.now() - cancelledAt).toBeLessThan(3_000);
  }
  engine.jobs.start({ kind: 'index' });
  await waitUntil('the index', () => (seen.some(({ kind }) => kind === 'index') ? true : null));
  await waitUntil('its end', () => (engine.state().jobs.some(({ kind }) => kind === 'index') ? null : true));
  const query = { text: 'plum', project: null, role: null, session: null, kinds: null, since: null, until: null };
  expect(await engine.searchArchive({ ...query, limit: 1, offset: 0 })).toMatchObject({
    kind: 'found',
    total: 480,
    isIndexComplete: true,
  });

  const earlier = seen.at(-1)?.id;
  engine.jobs.start({ kind: 'reindex' });
  expect(engine.jobs.start({ kind: 'index' })).toMatchObject({ kind: 'refused' });
  const { id: rebuilt, result } = await ended('reindex', earlier);
  expect(result).toMatchObject({ kind: 'indexed', exports: 2, messages: 480, troublesTotal: 0 });
  expect(isMonotone(seen.filter((job) => job.id === rebuilt))).toBe(true);
}, 60_000);

it('the first index is a job that leaves by itself, or says what it had to leave out', async () => {
  const { engine, storage, segments, start } = await archivedScene(1);
  await engine.stop();
  rmSync(path.join(storage, 'index'), { recursive: true });
  const next = await start({ entryIndexWorker: workerUrl });
  const { seen } = follow(next);
  await waitUntil('the job', () =>
    seen.some(({ kind, state }) => kind === 'index' && state === 'running') ? true : null,
  );
  await waitUntil('its end', () => (next.state().jobs.length === 0 ? true : null));
  await next.stop();

  rmSync(path.join(storage, 'index'), { recursive: true });
  rmSync(path.join(storage, 'exports-archive', id, segments(id)[0] ?? ''));
  const last = await start({ entryIndexWorker: workerUrl });
  const job = await follow(last).ended('index');
  expect(job.result).toMatchObject({ kind: 'indexed', exports: 1, troublesTotal: 1 });
});
