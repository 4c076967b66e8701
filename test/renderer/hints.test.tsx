import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { renderPopover } from './render-popover.js';
import { sampleLine, sampleSession, sampleState } from './sample-state.js';

const figures = () => document.querySelector('.gauge-figures') as HTMLElement;
const hint = () => screen.queryByRole('tooltip')?.textContent;

async function pass(milliseconds: number): Promise<void> {
  await act(async () => vi.advanceTimersByTimeAsync(milliseconds));
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const state = sampleState({ sessions: [sampleSession({ compactionLine: sampleLine() })] });

test('resting on a figure says where it comes from; going on takes that away', async () => {
  await renderPopover(state);
  fireEvent.pointerOver(figures());
  await pass(399);
  expect(hint()).toBeUndefined();
  await pass(1);
  expect(hint()).toBe(
    'Compacts at about 967k, learnt from 12 compactions\nMeasured: the figures of the newest answer\nWindow size known for this model',
  );
  fireEvent.pointerOver(document.body);
  await pass(0);
  expect(hint()).toBeUndefined();
});

test('Escape takes the hint away and does what it does without one', async () => {
  const { api } = await renderPopover(state);
  fireEvent.pointerOver(figures());
  await pass(400);
  fireEvent.keyDown(document.body, { key: 'Escape' });
  expect(hint()).toBeUndefined();
  expect(api.hidePopover).toHaveBeenCalledTimes(1);
});

test('nothing is shown of what has left the page, or once the button was pressed', async () => {
  const { push } = await renderPopover(state);
  fireEvent.pointerOver(figures());
  push(sampleState({ sessions: [] }));
  await pass(400);
  expect(hint()).toBeUndefined();
  fireEvent.pointerOver(screen.getByRole('button', { name: 'Open log' }));
  fireEvent.pointerDown(document.body);
  await pass(400);
  expect(hint()).toBeUndefined();
});
