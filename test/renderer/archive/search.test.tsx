import { act, fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { ArchiveAnswer } from '../../../src/shared/archive-search.js';
import type { Answer } from '../../../src/shared/ipc-contract.js';
import {
  field,
  openArchive,
  sampleHit,
  sampleHits,
  sampleJob,
  search,
  setArchiveScene,
  settle,
  violations,
} from './archive-scene.js';

setArchiveScene();

const options = () => screen.getAllByRole('option');
const active = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '');

test('searches a moment after the last key, and shows what was found with its hits marked, as text', async () => {
  const { api } = await openArchive(3);
  const hostile = [
    { text: '<img src=x onerror=alert(1)> ', isHit: false },
    { text: 'flaky', isHit: true },
  ];
  const hits = [sampleHit(0, { snippet: hostile }), sampleHit(1, { role: 'tool' }), sampleHit(2, { agentId: 'a' })];
  api.searchArchive.mockResolvedValue({ ok: true, value: sampleHits(3, { hits }) });
  for (const text of ['f', 'fl', 'flaky']) fireEvent.change(field(), { target: { value: text } });
  await search('flaky te');
  expect(api.searchArchive.mock.calls.map(([query]) => query.text)).toEqual(['flaky te']);
  expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain('3 messages');
  expect(options().map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^api-server Fix the flaky auth tests.*You: <img src=x onerror=alert\(1\)> flaky$/),
    expect.stringContaining('Tools: the flaky test 1'),
    expect.stringContaining('Sub-agent: the flaky test 2'),
  ]);
  expect(document.querySelector('img')).toBeNull();
  expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
    'flaky',
    'flaky',
    'flaky',
  ]);
  expect(await violations()).toEqual([]);
});

test('the last answer wins, whichever comes first', async () => {
  const { api } = await openArchive(3);
  const answers = new Map<string, (answer: Answer<ArchiveAnswer>) => void>();
  api.searchArchive.mockImplementation(({ text }) => new Promise((resolve) => answers.set(text, resolve)));
  await search('first');
  await search('second');
  const answer = (text: string, total: number) =>
    act(async () => answers.get(text)?.({ ok: true, value: sampleHits(total) }));
  await answer('second', 2);
  await answer('first', 1);
  expect(options()).toHaveLength(2);
});

test('the arrows move through the results, Enter opens the transcript at the message', async () => {
  const { api } = await openArchive(3);
  api.searchArchive.mockResolvedValue({ ok: true, value: sampleHits(30) });
  await search('flaky');
  expect(active()).toBeNull();
  field().focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{PageDown}');
  expect(active()?.getAttribute('aria-posinset')).toBe('7');
  expect(active()?.getAttribute('aria-selected')).toBe('true');
  expect(document.activeElement).toBe(field());
  await userEvent.keyboard('{Enter}');
  fireEvent.click(options()[1] ?? field());
  const session = sampleHit(0).sessionId;
  expect(api.openTranscript.mock.calls).toEqual([
    [session, 'u0'],
    [session, 'u6'],
    [session, 'u1'],
  ]);
});

test('Escape clears the field first, and hides the popover then', async () => {
  const { api } = await openArchive(3);
  await search('flaky');
  field().focus();
  await userEvent.keyboard('{Escape}');
  expect([field().value, api.hidePopover.mock.calls.length]).toEqual(['', 0]);
  expect(screen.getByRole('grid')).toBeTruthy();
  await userEvent.keyboard('{Escape}');
  expect(api.hidePopover).toHaveBeenCalledTimes(1);
});

test('fetches more on the way down, draws only what is in sight, and says how many there are', async () => {
  const { api } = await openArchive(3);
  api.searchArchive.mockImplementation(async ({ offset }) => ({
    ok: true,
    value: sampleHits(10_000, {
      isTotalLeast: true,
      hits: Array.from({ length: 50 }, (_, index) => sampleHit(offset + index)),
    }),
  }));
  await search('flaky');
  expect(screen.getByText('More than 10,000 messages')).toBeTruthy();
  expect(options().length).toBeLessThan(30);
  field().focus();
  for (let page = 0; page < 9; page += 1) await userEvent.keyboard('{PageDown}');
  await settle();
  expect(api.searchArchive.mock.calls.map(([{ offset, limit }]) => [offset, limit])).toEqual([
    [0, 50],
    [50, 50],
  ]);
  for (let page = 0; page < 3; page += 1) await userEvent.keyboard('{PageDown}');
  expect(active()?.getAttribute('aria-posinset')).toBe('60');
  expect(options().length).toBeLessThan(40);
});

test('is narrowed by project, speaker and time, and says so where that leaves nothing', async () => {
  const { api } = await openArchive(3);
  api.listProjects.mockResolvedValue({ ok: true, value: ['api-server', 'docs-site'] });
  api.searchArchive.mockResolvedValue({ ok: true, value: sampleHits(0) });
  await search('two longerword');
  const choose = async (button: RegExp, item: string): Promise<void> => {
    await userEvent.click(screen.getByRole('button', { name: button }));
    await settle();
    await userEvent.click(screen.getByRole('menuitemradio', { name: item }));
  };
  await choose(/^Project/, 'docs-site');
  await choose(/^Who speaks/, 'Claude');
  await choose(/^When/, 'Last 7 days');
  await search('two longerword ');
  const [query] = api.searchArchive.mock.calls.at(-1) ?? [];
  expect(query).toMatchObject({ project: 'docs-site', role: 'assistant', session: null, kinds: null, until: null });
  expect(Date.now() - Date.parse(query?.since ?? '')).toBeGreaterThanOrEqual(7 * 86_400_000);
  expect(screen.getByRole('button', { name: 'When: Last 7 days' })).toBeTruthy();
  expect(screen.getByText('The filters may leave it out.')).toBeTruthy();
  expect(await violations()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Search without filters' }));
  await search('two longerword');
  expect(api.searchArchive.mock.calls.at(-1)?.[0]).toMatchObject({ project: null, role: null, since: null });
  await userEvent.click(screen.getByRole('button', { name: 'Search only “longerword”' }));
  expect(field().value).toBe('longerword');
});

test('says that the index is still being built, that it is missing, and that it can not be read', async () => {
  const { api, push } = await openArchive(3);
  api.searchArchive.mockResolvedValueOnce({ ok: true, value: sampleHits(2, { isIndexComplete: false, by: 'parts' }) });
  await search('flak');
  expect(screen.getByText('The index is still being built: there may be more.')).toBeTruthy();
  expect(screen.getByText('2 messages · found as parts of words')).toBeTruthy();
  api.searchArchive.mockResolvedValueOnce({ ok: true, value: { kind: 'no-index' } });
  await search('flaky');
  await userEvent.click(screen.getByRole('button', { name: 'Build the index' }));
  expect(api.startJob.mock.calls).toEqual([[{ kind: 'index' }]]);
  api.searchArchive.mockResolvedValueOnce({ ok: false, code: 'failed', message: 'The search index is damaged.' });
  await search('flaky tests');
  const alert = within(screen.getByRole('alert', { name: 'The archive could not be searched' }));
  expect(alert.getByText('The search index is damaged.')).toBeTruthy();
  expect(await violations()).toEqual([]);
  await userEvent.click(alert.getByRole('button', { name: 'Rebuild the index' }));
  expect(api.startJob.mock.calls.at(-1)).toEqual([{ kind: 'reindex' }]);
  const state = (await api.getState.mock.results[0]?.value)?.value;
  push({ ...state, jobs: [sampleJob({ kind: 'reindex' })] });
  expect(alert.queryByRole('button', { name: 'Rebuild the index' })).toBeNull();
});

test('what is looked for outlives a visit to another place', async () => {
  const { api } = await openArchive(3);
  api.searchArchive.mockResolvedValue({ ok: true, value: sampleHits(2) });
  await search('flaky');
  fireEvent.click(screen.getByRole('button', { name: 'Sessions' }));
  fireEvent.click(screen.getByRole('button', { name: 'Archive' }));
  expect(field().value).toBe('flaky');
});
