import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { renderPopover } from './render-popover.js';
import { sampleState } from './sample-state.js';
import { openGroup, pass, patches, setScene, withSettings } from './settings-scene.js';

setScene();

const near = { sessions: 3, bytes: 12_345_678, firstAt: '2026-11-23T10:00:00.000Z', archiving: false };

/** The strip that a line of text stands in. */
function stripOf(line: HTMLElement): HTMLElement {
  const strip = line.closest<HTMLElement>('.strip');
  if (strip === null) throw new Error('The line stands in no strip.');
  return strip;
}

describe('sessions that the client is about to delete', () => {
  test('stand in a line with their number and size, and a click archives them', async () => {
    const { api } = await renderPopover(sampleState({ nearDeletion: near }));
    const line = screen.getByText('Claude Code deletes 3 sessions within 3 days (12 MB not archived).');
    fireEvent.click(within(stripOf(line)).getByRole('button', { name: 'Archive them' }));
    expect(api.archiveNearDeletion).toHaveBeenCalledOnce();
  });

  test('while they are archived there is nothing to click', async () => {
    await renderPopover(sampleState({ nearDeletion: { ...near, sessions: 1, archiving: true } }));
    const line = screen.getByText('Archiving 1 session before the deletion …');
    expect(within(stripOf(line)).queryByRole('button')).toBeNull();
  });

  test.each([
    ['there are none', { nearDeletion: { ...near, sessions: 0, firstAt: null } }],
    ['nobody has looked yet', { nearDeletion: null }],
    ['a Python daemon does the exporting', { nearDeletion: near, mode: 'show-only' as const }],
  ])('no line where %s', async (_name, changes) => {
    await renderPopover(sampleState(changes));
    expect(screen.queryByText(/will delete/)).toBeNull();
  });
});

describe('the settings of quiet and old sessions', () => {
  test('archiving before the deletion is a switch', async () => {
    const { api, push } = await renderPopover(sampleState());
    openGroup('Exports');
    const box = screen.getByRole('switch', { name: 'Archive before deletion' });
    expect(box.getAttribute('aria-checked')).toBe('false');
    fireEvent.click(box);
    await pass(0);
    expect(patches(api)).toEqual([{ archiveBeforeDeletion: true }]);
    push(withSettings({ archiveBeforeDeletion: true }));
    expect(box.getAttribute('aria-checked')).toBe('true');
  });

  test('the minutes of quiet are a field that says what is wrong with them', async () => {
    const { api } = await renderPopover(sampleState());
    openGroup('Exports');
    const field = screen.getByRole('spinbutton', { name: 'Minutes of quiet before an export' });
    fireEvent.change(field, { target: { value: '15' } });
    await pass(500);
    expect(patches(api)).toEqual([{ idleExportMinutes: 15 }]);
    fireEvent.change(field, { target: { value: '1.5' } });
    expect(screen.getByText('Only whole numbers, please.')).toBeTruthy();
  });
});
