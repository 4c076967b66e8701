import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { JobResult, JobTrouble } from '../../../src/shared/jobs.js';
import { openArchive, sampleJob, setArchiveScene, violations } from './archive-scene.js';

setArchiveScene();

const jobs = () => within(screen.getByRole('region', { name: 'What is being done' }));
const trouble = (name: string): JobTrouble => ({ message: `${name} is damaged.`, mend: 'Bring it back.' });
const ended = (result: JobResult, changes = {}) => sampleJob({ state: 'ended', result, ...changes });

test('shows how far each job is, and cancels it', async () => {
  const { api, push } = await openArchive(3, {
    jobs: [
      sampleJob({ id: 1, bytes: 1_300_000_000 }),
      sampleJob({ id: 2, kind: 'reindex', done: 812, total: 4_031 }),
      sampleJob({ id: 3, kind: 'restore', done: 3_000_000, total: 41_000_000 }),
      sampleJob({ id: 4, kind: 'index', done: 0, total: null }),
    ],
  });
  for (const words of ['1 of 4 sessions, 1.3 GB read', '812 of 4,031 exports', '3 MB of 41 MB', 'starting …']) {
    expect(jobs().getByText(words)).toBeTruthy();
  }
  const bars = jobs().getAllByRole('progressbar');
  expect(bars.map((bar) => bar.getAttribute('aria-valuenow'))).toEqual(['25', '20', '7', null]);
  expect(await violations()).toEqual([]);
  await userEvent.click(jobs().getByRole('button', { name: 'Cancel: Verifying the archive' }));
  expect(api.cancelJob.mock.calls).toEqual([[1]]);
  const state = (await api.getState.mock.results[0]?.value)?.value;
  push({ ...state, jobs: [sampleJob({ id: 1, state: 'stopping' })] });
  expect(jobs().getByText('stopping …')).toBeTruthy();
  await userEvent.click(jobs().getByRole('button', { name: 'Cancel: Verifying the archive' }));
  expect(api.cancelJob).toHaveBeenCalledTimes(1);
});

test('says what a verification has found, each with its mend, until that is dismissed', async () => {
  const troubles = ['a', 'b', 'c'].map(trouble);
  const result = { kind: 'verified', sessions: 2, segments: 9, bytes: 5_000, troubles, troublesTotal: 60 } as const;
  const { api, push } = await openArchive(3, { jobs: [ended(result)] });
  expect(jobs().getByText('Verified 2 sessions, 9 exports, 5 KB. 60 faults found.')).toBeTruthy();
  expect(
    jobs()
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['a is damaged. Bring it back.', 'b is damaged. Bring it back.']);
  await userEvent.click(jobs().getByRole('button', { name: 'Show 1 more' }));
  expect(jobs().getAllByRole('listitem')).toHaveLength(4);
  expect(jobs().getByText('and 57 more: the command --verify names all')).toBeTruthy();
  expect(await violations()).toEqual([]);
  await userEvent.click(jobs().getByRole('button', { name: 'Dismiss' }));
  expect(api.dismissJob.mock.calls).toEqual([[7]]);
  const state = (await api.getState.mock.results[0]?.value)?.value;
  push({ ...state, jobs: [ended({ ...result, troubles: [], troublesTotal: 0 })] });
  expect(jobs().getByText(/Everything is as it was exported/)).toBeTruthy();
});

test('says where a session was restored, and offers another folder where its own is refused', async () => {
  const path = '/home/me/.claude/projects/api/a.jsonl';
  const restored = { kind: 'restored', path, bytes: 41_000_000, files: 3, isStampedNow: true } as const;
  const { api, push } = await openArchive(3, {
    jobs: [ended({ ...restored, troubles: [], troublesTotal: 0 }, { kind: 'restore', sessionId: 's' })],
  });
  expect(jobs().getByText(/^Restored, 41 MB\. With 3 files .* Its time is now/)).toBeTruthy();
  expect(jobs().getByText(path)).toBeTruthy();
  await userEvent.click(jobs().getByRole('button', { name: 'Show in folder' }));
  expect(api.revealRestored.mock.calls).toEqual([[7]]);
  const state = (await api.getState.mock.results[0]?.value)?.value;
  const refused = { kind: 'refused', message: 'It is newer.', mend: 'Move it away.' } as const;
  push({ ...state, jobs: [ended({ ...refused, isOfPlace: true }, { kind: 'restore', sessionId: 's' })] });
  expect(jobs().getByText('Move it away.')).toBeTruthy();
  await userEvent.click(jobs().getByRole('button', { name: 'Choose a folder …' }));
  expect(api.startJob.mock.calls).toEqual([[{ kind: 'restore', sessionId: 's', place: 'chosen' }]]);
  push({ ...state, jobs: [ended({ ...refused, isOfPlace: false }, { kind: 'restore', sessionId: 's' })] });
  expect(jobs().queryByRole('button', { name: 'Choose a folder …' })).toBeNull();
});

test('an index that was not built to the end goes on at a click, and what has failed is tried again', async () => {
  const { api, push } = await openArchive(3, { jobs: [ended({ kind: 'cancelled' }, { kind: 'reindex' })] });
  await userEvent.click(jobs().getByRole('button', { name: 'Go on' }));
  const state = (await api.getState.mock.results[0]?.value)?.value;
  push({ ...state, jobs: [ended({ kind: 'failed', message: 'The disk is full.', mend: 'Make room.' })] });
  expect(jobs().getByText('The disk is full.')).toBeTruthy();
  await userEvent.click(jobs().getByRole('button', { name: 'Try again' }));
  expect(api.startJob.mock.calls).toEqual([[{ kind: 'index' }], [{ kind: 'verify' }]]);
});

test('verifies all and rebuilds the index from the foot, and says why not where that is refused', async () => {
  const { api } = await openArchive(3);
  await userEvent.click(screen.getByRole('button', { name: 'Verify all' }));
  api.startJob.mockResolvedValueOnce({ ok: true, value: { kind: 'refused', message: 'It is being built already.' } });
  await userEvent.click(screen.getByRole('button', { name: 'More for the archive' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Rebuild the index' }));
  expect(api.startJob.mock.calls).toEqual([[{ kind: 'verify' }], [{ kind: 'reindex' }]]);
  expect(await screen.findByText('It is being built already.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'More for the archive' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Open the archive folder' }));
  expect(api.openPlace.mock.calls).toEqual([['exports-archive']]);
});
