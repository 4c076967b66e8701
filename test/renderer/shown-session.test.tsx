import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPopover, tellSeen } from './render-popover.js';
import { sampleSession, sampleState } from './sample-state.js';

const [first, second] = [
  sampleSession(),
  sampleSession({ id: '22222222-aaaa-bbbb-cccc-000000000002', project: 'docs' }),
];
const state = sampleState({ sessions: [first, second] });
const rowOf = (id: string | undefined) =>
  [...document.querySelectorAll<HTMLElement>('.row')].find((row) => row.dataset['sessionId'] === id);

test('a session that main asks for is scrolled to, takes the focus and stands out', async () => {
  const { showSession } = await renderPopover(state);
  showSession(second.id);
  const row = rowOf(second.id);
  expect(document.activeElement).toBe(row);
  expect(row?.dataset).toHaveProperty('shown');
  expect(row?.scrollIntoView).toHaveBeenCalledWith({ block: 'nearest' });
  showSession(first.id);
  expect(document.activeElement).toBe(rowOf(first.id));
  expect(row?.dataset).not.toHaveProperty('shown');
});

test('it is found from another place too', async () => {
  const { showSession } = await renderPopover(state);
  screen.getByRole('button', { name: 'Settings' }).click();
  await waitFor(() => expect(rowOf(second.id)).toBeUndefined());
  showSession(second.id);
  expect(document.activeElement).toBe(rowOf(second.id));
});

test('one that is not listed any more is said to be so', async () => {
  const { showSession } = await renderPopover(state);
  showSession('gone"] *');
  expect(screen.getByText('This session isn’t listed any more.')).toBeTruthy();
});

test('main is told which sessions can be seen, once the page keeps still, and of none in another place', async () => {
  const { api } = await renderPopover(state);
  tellSeen((element) => element === rowOf(second.id));
  expect(api.setSessionsOnView).not.toHaveBeenCalled();
  await waitFor(() => expect(api.setSessionsOnView).toHaveBeenLastCalledWith([second.id]));
  tellSeen((element) => element === rowOf(second.id));
  screen.getByRole('button', { name: 'Settings' }).click();
  await waitFor(() => expect(api.setSessionsOnView).toHaveBeenLastCalledWith([]));
  expect(api.setSessionsOnView).toHaveBeenCalledTimes(2);
});

test.each([{ ctrlKey: true }, { metaKey: true }])('the keys %j with a comma open the settings', async (keys) => {
  await renderPopover(state);
  fireEvent.keyDown(document.body, { key: ',' });
  expect(rowOf(first.id)).toBeDefined();
  fireEvent.keyDown(document.body, { key: ',', ...keys });
  expect(rowOf(first.id)).toBeUndefined();
  expect(screen.getByRole('button', { name: 'Settings' }).getAttribute('aria-current')).toBe('page');
});
