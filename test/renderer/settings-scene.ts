import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, vi } from 'vitest';
import type { AppState } from '../../src/shared/app-state.js';
import type { Settings } from '../../src/shared/settings.js';
import type { fakeApi } from './render-popover.js';
import { sampleState } from './sample-state.js';

/** Before each test of the file: a clock that stands until `pass`, and sliders 100 px wide from x = 0. */
export function setScene(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 100, 20));
    return () => {
      vi.useRealTimers();
      vi.restoreAllMocks();
    };
  });
}

/** A sample state with some settings changed. */
export function withSettings(changes: Partial<Settings>): AppState {
  const state = sampleState();
  return { ...state, revision: 2, settings: { ...state.settings, ...changes } };
}

/** The slider thumb of that name. */
export function slider(name: string): HTMLElement {
  return screen.getByRole('slider', { name });
}

/** The value that a thumb speaks. */
export function valueOf(name: string): number {
  return Number(slider(name).getAttribute('aria-valuenow'));
}

/** Presses keys on a thumb, one after the other. */
export function press(name: string, ...keys: string[]): void {
  for (const key of keys) fireEvent.keyDown(slider(name), { key });
}

/** One step of dragging a thumb, with the pointer at x. */
export function drag(name: string, step: 'Down' | 'Move' | 'Up' | 'Cancel', x: number): void {
  fireEvent[`pointer${step}`](slider(name), { clientX: x, pointerId: 1, button: 0 });
}

/** Lets time go by, and what waits for it happen. */
export async function pass(milliseconds: number): Promise<void> {
  await act(async () => vi.advanceTimersByTimeAsync(milliseconds));
}

/** The changes of settings that were sent to main. */
export function patches(api: ReturnType<typeof fakeApi>['api']) {
  return api.updateSettings.mock.calls.map(([patch]) => patch);
}

/** Opens the settings and one of their groups, by its name. */
export function openGroup(name: string): void {
  fireEvent.click(screen.getByRole('button', { name: 'Settings' }));
  const row = screen.getAllByRole('button').find((button) => button.textContent?.startsWith(name));
  if (row === undefined) throw new Error(`The settings have no group ${name}.`);
  fireEvent.click(row);
}
