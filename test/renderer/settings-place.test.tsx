import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { renderPopover } from './render-popover.js';
import { sampleState } from './sample-state.js';
import { pass, patches, setScene, withSettings } from './settings-scene.js';

setScene();

describe('the settings place', () => {
  const openSettings = () => fireEvent.click(screen.getByRole('button', { name: 'Settings' }));
  const field = () => screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Poll interval in seconds' });

  test('has the poll interval as a field with steps that stop at the limits', async () => {
    const { api, push } = await renderPopover(sampleState());
    openSettings();
    fireEvent.click(screen.getByRole('button', { name: 'Check less often' }));
    fireEvent.click(screen.getByRole('button', { name: 'Check less often' }));
    expect(field().value).toBe('12');
    await pass(500);
    expect(patches(api)).toEqual([{ pollIntervalSeconds: 12 }]);
    push(withSettings({ pollIntervalSeconds: 1 }));
    const lower = screen.getByRole('button', { name: 'Check more often' });
    expect(lower.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(lower);
    expect(field().value).toBe('1');
  });

  test('an edit that is not sent yet is sent when the place is left', async () => {
    const { api } = await renderPopover(sampleState());
    openSettings();
    fireEvent.change(field(), { target: { value: '30' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sessions' }));
    expect(patches(api)).toEqual([{ pollIntervalSeconds: 30 }]);
  });

  test('switches the sound of notices and says why it could not', async () => {
    const { api } = await renderPopover(sampleState());
    openSettings();
    api.updateSettings.mockResolvedValue({ ok: false, code: 'x', message: 'Not saved.' });
    fireEvent.click(screen.getByRole('checkbox', { name: 'Sound with notices' }));
    await pass(0);
    expect(patches(api)).toEqual([{ noticeSound: false }]);
    expect(screen.getByText('Not saved.')).toBeTruthy();
  });

  test('has the sliders once, names the folders with their health, and opens files by name', async () => {
    const { api } = await renderPopover(
      sampleState({
        roots: [
          { path: '/a', source: 'usual', state: 'watching', sessionFiles: 1 },
          { path: '/b', source: 'settings', state: 'unreadable', sessionFiles: null },
          { path: '/c', source: 'settings', state: 'polling', sessionFiles: 20 },
          { path: '/d', source: 'flag', state: 'slow', sessionFiles: null },
        ],
      }),
    );
    openSettings();
    expect(screen.getAllByRole('slider')).toHaveLength(3);
    const folders = within(screen.getByRole('list', { name: 'Watched folders' })).getAllByRole('listitem');
    expect(folders.map((item) => item.textContent)).toEqual([
      '/awatching · 1 session file',
      '/bunreadable',
      '/cread at each check · 20 session files',
      '/dnot answering',
    ]);
    for (const name of ['Open Archive', 'Open Pending exports', 'Open Log']) {
      fireEvent.click(screen.getByRole('button', { name }));
    }
    expect(api.openPlace.mock.calls).toEqual([['exports-archive'], ['exports-pending'], ['log']]);
  });
});
