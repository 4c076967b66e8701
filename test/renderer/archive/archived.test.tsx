import { act, fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import {
  field,
  openArchive,
  sampleArchived,
  sampleHits,
  search,
  setArchiveScene,
  settle,
  violations,
} from './archive-scene.js';

setArchiveScene();

const rows = () => screen.getAllByRole('row');
/** Waits until a text is in the page, also on a machine that is busy. */
const shown = (text: string) =>
  vi.waitFor(() => expect(document.body.textContent).toContain(text), { timeout: 10_000, interval: 50 });
const id = (index: number) => sampleArchived(index).sessionId;

test('says what will be here where nothing is archived yet', async () => {
  await openArchive(0);
  expect(screen.getByRole('region', { name: 'Nothing archived yet' })).toBeTruthy();
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(await violations()).toEqual([]);
});

test('lists ten thousand sessions, of which only those in sight are drawn and fetched', async () => {
  const { api } = await openArchive(10_000);
  expect(rows().length).toBeLessThan(30);
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10000');
  expect(within(rows()[0] ?? field()).getByText('project-0')).toBeTruthy();
  expect(api.listArchived.mock.calls).toEqual([[{ order: 'newest', offset: 0, limit: 50 }]]);
  expect(screen.getByText('10,000 sessions · 10 GB')).toBeTruthy();
  expect(await violations()).toEqual([]);
  await userEvent.click(within(rows()[0] ?? field()).getAllByRole('button')[0] ?? field());
  await userEvent.keyboard('{End}');
  await settle();
  const offsets = api.listArchived.mock.calls.map(([{ offset }]) => offset);
  expect(offsets.at(-1)).toBe(9_950);
  expect(offsets.length).toBeLessThan(5);
  expect(screen.getByText('project-9999')).toBeTruthy();
  expect(document.activeElement?.closest('[role="row"]')?.getAttribute('aria-rowindex')).toBe('10000');
});

test('is one stop of the Tab key; the arrows move through rows and what can be done in them', async () => {
  const { api } = await openArchive(20);
  const spots = () =>
    [...document.querySelectorAll<HTMLElement>('[role="grid"] button')].filter((e) => e.tabIndex === 0);
  expect(spots()).toHaveLength(1);
  spots()[0]?.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('More for project-2, Title 2');
  expect(spots()).toEqual([document.activeElement]);
  await userEvent.keyboard('{ArrowLeft}{Enter}');
  expect(api.openTranscript.mock.calls).toEqual([[id(2), null]]);
});

test('opens, restores, shows and deletes a session from its menu', async () => {
  const { api } = await openArchive(3);
  const choose = async (item: string): Promise<void> => {
    await userEvent.click(screen.getByRole('button', { name: 'More for project-1, Title 1' }));
    await userEvent.click(screen.getByRole('menuitem', { name: item }));
    await settle();
  };
  await userEvent.click(screen.getByRole('button', { name: 'More for project-1, Title 1' }));
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  expect(api.hidePopover).not.toHaveBeenCalled();
  await choose('Open transcript');
  await choose('Restore where it was');
  await choose('Restore into a folder …');
  await choose('Show in its folder');
  expect(api.openTranscript.mock.calls).toEqual([[id(1), null]]);
  expect(api.startJob.mock.calls).toEqual([
    [{ kind: 'restore', sessionId: id(1), place: 'original' }],
    [{ kind: 'restore', sessionId: id(1), place: 'chosen' }],
  ]);
  expect(api.revealArchived.mock.calls).toEqual([[id(1)]]);
  await choose('Delete from the archive …');
  expect(api.deleteArchived.mock.calls).toEqual([[id(1)]]);
  expect(document.querySelector('[data-live-region]')?.textContent).toBe('project-1, Title 1 was moved to the bin');
  api.deleteArchived.mockResolvedValue({ ok: true, value: { kind: 'refused', message: 'Wait until it is archived.' } });
  await choose('Delete from the archive …');
  expect(screen.getByText('Wait until it is archived.')).toBeTruthy();
});

test('searches in one session, until that is left', async () => {
  const { api } = await openArchive(3);
  api.searchArchive.mockResolvedValue({ ok: true, value: sampleHits(1) });
  await userEvent.click(screen.getByRole('button', { name: 'More for project-1, Title 1' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Search in this session' }));
  await search('flaky');
  expect(api.searchArchive.mock.calls.at(-1)?.[0]).toMatchObject({ session: id(1), text: 'flaky' });
  await userEvent.click(screen.getByRole('button', { name: 'Search all sessions, not only project-1, Title 1' }));
  await search('flaky ');
  expect(api.searchArchive.mock.calls.at(-1)?.[0]).toMatchObject({ session: null });
});

test('lists the largest first at a wish, anew when the archive has changed, and says why it can not', async () => {
  const { api, push } = await openArchive(3);
  fireEvent.click(screen.getByRole('radio', { name: 'Largest' }));
  await settle();
  expect(api.listArchived.mock.calls.at(-1)).toEqual([{ order: 'largest', offset: 0, limit: 50 }]);
  const asked = api.listArchived.mock.calls.length;
  const state = (await api.getState.mock.results[0]?.value)?.value;
  push({ ...state, revision: 2 });
  await settle();
  expect(api.listArchived.mock.calls).toHaveLength(asked);
  api.listArchived.mockResolvedValueOnce({ ok: false, code: 'failed', message: 'The archive could not be read.' });
  push({ ...state, archive: { ...state.archive, sessions: 2 } });
  await shown('The archive could not be read.');
  const alert = within(screen.getByRole('alert', { name: 'The archive could not be listed' }));
  expect(api.listArchived.mock.calls).toHaveLength(asked + 1);
  const retry = alert.getByRole('button', { name: 'Try again' });
  await act(async () => retry.click());
  await shown('project-2');
  expect(rows()).toHaveLength(3);
});

test('names a session that the index does not know by its id, and says why the index is silent', async () => {
  const { api, push } = await openArchive(1);
  const unknown = { ...sampleArchived(0), project: null, title: null };
  api.listArchived.mockResolvedValue({
    ok: true,
    value: { sessions: [unknown], total: 1, indexTrouble: 'The search index is damaged.' },
  });
  const state = (await api.getState.mock.results[0]?.value)?.value;
  push({ ...state, archive: { ...state.archive, bytes: 7 } });
  await shown('The search index is damaged.');
  expect(rows()[0]?.textContent).toContain('00000000');
  expect(rows()[0]?.textContent).toContain('not in the index yet');
});
