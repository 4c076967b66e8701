import { expect, it, vi } from 'vitest';
import { keepJobs, type JobContext } from '../../../src/main/engine/job-list.js';
import { StorageError } from '../../../src/main/export/storage-error.js';
import type { JobResult } from '../../../src/shared/jobs.js';

const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: vi.fn(),
  error: () => undefined,
  close: () => undefined,
};
const verified: JobResult = { kind: 'verified', sessions: 1, segments: 1, bytes: 1, troubles: [], troublesTotal: 0 };
const incomplete: JobResult = {
  kind: 'indexed',
  exports: 1,
  messages: 1,
  troubles: [{ message: 'One is damaged.', mend: 'Bring it back.' }],
  troublesTotal: 1,
};

/** Work that the test ends, or that the signal does. */
function heldWork() {
  let settle: { resolve: (result: JobResult) => void; reject: (error: unknown) => void; context: JobContext } | null =
    null;
  const work = (context: JobContext) =>
    new Promise<JobResult>((resolve, reject) => {
      settle = { resolve, reject, context };
      context.signal.addEventListener('abort', () => reject(context.signal.reason));
    });
  return {
    work,
    async begun() {
      await vi.waitFor(() => expect(settle).not.toBeNull());
      if (!settle) throw new Error('It did not begin.');
      return settle;
    },
  };
}

function scene() {
  const onChange = vi.fn();
  const jobs = keepJobs({ onChange, log });
  const begin = (options: { kind: 'verify' | 'index'; isQuiet?: boolean }) => {
    const held = heldWork();
    const run = jobs.run({ ...options, work: held.work, resultOf: (result) => result });
    run.catch(() => undefined);
    return { ...held, run };
  };
  return { jobs, onChange, begin };
}

it('shows how far a job is, never less than before, and its result until that is dismissed', async () => {
  const { jobs, onChange, begin } = scene();
  expect(jobs.all()).toEqual([]);
  const { begun, run } = begin({ kind: 'verify' });
  const { context, resolve } = await begun();
  const seen: number[] = [];
  // A second round begins at 0 again.
  for (const done of [0, 2, 3, 0, 1, 2]) {
    context.onProgress({ done, total: 3, bytes: null });
    seen.push(jobs.all()[0]?.done ?? -1);
  }
  expect(seen).toEqual([0, 2, 3, 3, 4, 5]);
  expect(jobs.all()).toMatchObject([{ kind: 'verify', state: 'running', total: 6, result: null }]);
  expect(jobs.isRunning('verify')).toBe(true);
  // Six words on the progress are told together.
  expect(onChange).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2));
  resolve(verified);
  await run;
  const [job] = jobs.all();
  expect(job).toMatchObject({ state: 'ended', result: verified });
  expect(jobs.isRunning('verify')).toBe(false);
  jobs.dismiss(job?.id ?? 0);
  expect(jobs.all()).toEqual([]);
});

it('keeps one result of a kind: the next job of it takes its place', async () => {
  const { jobs, begin } = scene();
  for (const round of [1, 2]) {
    const { begun, run } = begin({ kind: 'verify' });
    (await begun()).resolve(verified);
    await run;
    expect(jobs.all().map(({ id }) => id)).toEqual([round]);
  }
});

it('says that a job was cancelled once it has ended, and what failed with its mend', async () => {
  const { jobs, begin } = scene();
  const first = begin({ kind: 'verify' });
  await first.begun();
  jobs.cancel(1);
  expect(jobs.all()).toMatchObject([{ state: 'stopping', result: null }]);
  await expect(first.run).rejects.toThrow('Cancelled.');
  expect(jobs.all()).toMatchObject([{ state: 'ended', result: { kind: 'cancelled' } }]);
  // Too late: nothing happens.
  jobs.cancel(1);
  const second = begin({ kind: 'verify' });
  (await second.begun()).reject(new StorageError('The disk is full.', { code: 'ENOSPC', mend: 'Make room.' }));
  await expect(second.run).rejects.toThrow('full');
  expect(jobs.all()).toMatchObject([{ result: { kind: 'failed', message: 'The disk is full.', mend: 'Make room.' } }]);
});

it('a job that the app has begun by itself leaves no result unless it has something to tell', async () => {
  const { jobs, begin } = scene();
  const end = async (how: (held: Awaited<ReturnType<ReturnType<typeof heldWork>['begun']>>) => void) => {
    const { begun, run } = begin({ kind: 'index', isQuiet: true });
    how(await begun());
    await run.catch(() => undefined);
    return jobs.all().map(({ result }) => result?.kind);
  };
  expect(await end(({ resolve }) => resolve({ ...incomplete, troubles: [], troublesTotal: 0 }))).toEqual([]);
  expect(await end(({ reject }) => reject(new Error('It is told as a problem.')))).toEqual([]);
  expect(await end(({ resolve }) => resolve({ kind: 'cancelled' }))).toEqual([]);
  expect(await end(({ resolve }) => resolve(incomplete))).toEqual(['indexed']);
  expect(await end(() => jobs.cancel(jobs.all()[0]?.id ?? 0))).toEqual(['cancelled']);
});

it('ends everything when the app ends', async () => {
  const { jobs, begin } = scene();
  const { begun, run } = begin({ kind: 'verify' });
  await begun();
  await jobs.stop();
  await expect(run).rejects.toThrow('The app ends.');
});
