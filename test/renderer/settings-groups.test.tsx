import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { noticeKinds } from '../../src/shared/settings.js';
import { renderPopover } from './render-popover.js';
import { sampleSession, sampleState } from './sample-state.js';
import { drag, openGroup, pass, patches, press, setScene, valueOf, withSettings } from './settings-scene.js';

setScene();

describe('the notices', () => {
  const choose = (kind: string, mode: string) =>
    fireEvent.click(within(screen.getByRole('radiogroup', { name: kind })).getByRole('radio', { name: mode }));

  test('each kind is off, silent or with sound', async () => {
    const { api, push } = await renderPopover(withSettings({ noticesSilent: ['exported'] }));
    openGroup('Notices');
    expect(screen.getAllByRole('radiogroup')).toHaveLength(noticeKinds.length);
    choose('Compacted', 'Off');
    await pass(0);
    push(withSettings({ noticesOff: ['compacted'], noticesSilent: ['exported'] }));
    choose('Exported', 'Off');
    await pass(0);
    push(withSettings({ noticesOff: ['exported', 'compacted'] }));
    choose('Compacted', 'Sound');
    await pass(0);
    push(withSettings({ noticesOff: ['exported'] }));
    fireEvent.click(screen.getByRole('button', { name: 'Back to the default: Which notices' }));
    await pass(0);
    expect(patches(api)).toEqual([
      { noticesOff: ['compacted'] },
      { noticesOff: ['exported', 'compacted'], noticesSilent: [] },
      { noticesOff: ['exported'] },
      { noticesOff: [] },
    ]);
  });

  test('quiet hours are switched on with usual times, which can be changed', async () => {
    const { api, push } = await renderPopover(sampleState());
    openGroup('Notices');
    fireEvent.click(screen.getByRole('switch', { name: 'Quiet hours' }));
    await pass(0);
    push(withSettings({ quietHours: { from: '22:00', to: '07:00' } }));
    const until = screen.getByLabelText<HTMLInputElement>('until');
    fireEvent.change(until, { target: { value: '' } });
    await pass(500);
    fireEvent.change(until, { target: { value: '06:30' } });
    await pass(500);
    expect(patches(api)).toEqual([
      { quietHours: { from: '22:00', to: '07:00' } },
      { quietHours: { from: '22:00', to: '06:30' } },
    ]);
  });
});

describe('the colours', () => {
  test('follow the export band until a thumb is moved, and again after a reset', async () => {
    const { api, push } = await renderPopover(withSettings({ thresholdPercent: 70, maxPercent: 90 }));
    openGroup('Gauge');
    expect([valueOf('Near from'), valueOf('Full from')]).toEqual([70, 90]);
    press('Near from', 'ArrowLeft');
    await pass(500);
    const own = { thresholdPercent: 70, maxPercent: 90, warnPercent: 69 };
    push(withSettings(own));
    drag('Full from', 'Down', 90);
    drag('Full from', 'Move', 85);
    drag('Full from', 'Up', 85);
    await pass(0);
    push(withSettings({ ...own, alarmPercent: 85 }));
    fireEvent.click(screen.getByRole('button', { name: 'Back to the default: Near and full' }));
    await pass(0);
    expect(patches(api)).toEqual([
      { warnPercent: 69 },
      { alarmPercent: 85 },
      { warnPercent: null, alarmPercent: null },
    ]);
  });

  test('draw the bars of the sessions: the export band is said in words all the same', async () => {
    const { push } = await renderPopover(sampleState());
    const toneOfBar = () => document.querySelector('.row .bar')?.getAttribute('data-tone');
    expect(toneOfBar()).toBe('band');
    push(withSettings({ warnPercent: 50, alarmPercent: 77 }));
    expect(toneOfBar()).toBe('above');
    push(withSettings({ warnPercent: 80, alarmPercent: 90 }));
    expect(toneOfBar()).toBe('calm');
    expect(screen.getAllByText('in the export band')).not.toEqual([]);
  });
});

describe('the folders', () => {
  test('are listed with their health; those of the settings can be removed, others added', async () => {
    const { api } = await renderPopover({
      ...withSettings({ extraRoots: ['/srv/claude', '~/work/.claude', '/home/me/.claude'] }),
      roots: [
        { path: '/home/me/.claude/projects', source: 'usual', state: 'watching', sessionFiles: 1 },
        { path: '/srv/claude/projects', source: 'settings', state: 'unreadable', sessionFiles: null },
        { path: '/home/me/work/.claude/projects', source: 'settings', state: 'polling', sessionFiles: 20 },
        { path: '/d', source: 'flag', state: 'slow', sessionFiles: null },
      ],
    });
    openGroup('Folders');
    const folders = within(screen.getByRole('list', { name: 'Watched folders' })).getAllByRole('listitem');
    expect(folders.map((item) => item.textContent)).toEqual([
      "/home/me/.claude/projectswatching · 1 session file · Claude Code's usual folder",
      '/srv/claude/projectsunreadable · From your settings',
      '/home/me/work/.claude/projectsread at each check · 20 session files · From your settings',
      '/dnot answering · From --claude-dir',
      '/home/me/.claudeFrom your settings · not watched under this name',
    ]);
    for (const entry of ['/srv/claude', '~/work/.claude', '/home/me/.claude']) {
      fireEvent.click(screen.getByRole('button', { name: `Watch ${entry} no more` }));
    }
    expect(api.removeRoot.mock.calls).toEqual([['/srv/claude'], ['~/work/.claude'], ['/home/me/.claude']]);
    api.addRoot.mockResolvedValue({
      ok: true,
      value: { kind: 'refused', faults: [{ field: 'extraRoots', message: 'Too many.', mend: 'Remove one.' }] },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Add a folder …' }));
    await pass(0);
    expect(screen.getByText('Too many. Remove one.')).toBeTruthy();
  });
});

describe('the context windows', () => {
  test('of a model that a session uses are added, changed and removed', async () => {
    const { api, push } = await renderPopover(sampleState());
    openGroup('Context windows');
    // With the keyboard: jsdom has no pointer that the menu would open for.
    fireEvent.keyDown(screen.getByRole('button', { name: 'Add a model' }), { key: 'Enter' });
    await pass(0);
    fireEvent.click(screen.getByRole('menuitem', { name: /Opus 5\.5/ }));
    await pass(0);
    push(withSettings({ windowTokensByModel: { 'claude-opus-5-5': 1_000_000 } }));
    expect(screen.queryByRole('button', { name: 'Add a model' })).toBeNull();
    const field = screen.getByRole('spinbutton', { name: 'Context window of Opus 5.5 in tokens' });
    fireEvent.change(field, { target: { value: '500000' } });
    await pass(500);
    push(withSettings({ windowTokensByModel: { 'claude-opus-5-5': 500_000 } }));
    fireEvent.click(screen.getByRole('button', { name: 'Let the app find the size of Opus 5.5' }));
    await pass(0);
    expect(patches(api)).toEqual([
      { windowTokensByModel: { 'claude-opus-5-5': 1_000_000 } },
      { windowTokensByModel: { 'claude-opus-5-5': 500_000 } },
      { windowTokensByModel: {} },
    ]);
  });

  test('what single sessions have of their own is named and taken back', async () => {
    const { id } = sampleSession();
    const { api } = await renderPopover(
      withSettings({ windowTokensBySession: { gone1234567: 200_000 }, thresholdPercentBySession: { [id]: 60 } }),
    );
    openGroup('Context windows');
    const items = within(screen.getByRole('list', { name: 'Single sessions' })).getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'gone1234200k window',
      'api-server · Fix the flaky auth testsexported from 60%',
    ]);
    const name = 'Back to the usual values: api-server · Fix the flaky auth tests';
    fireEvent.click(screen.getByRole('button', { name }));
    await pass(0);
    expect(patches(api)).toEqual([{ thresholdPercentBySession: {} }]);
  });
});

describe('the shortcut', () => {
  const button = () => screen.getByRole('button', { name: /^Shortcut/ });

  test('is pressed to be set, and cleared by its reset', async () => {
    const { api, push } = await renderPopover(sampleState());
    openGroup('App');
    fireEvent.click(button());
    expect(button().textContent).toBe('Press keys …');
    fireEvent.keyDown(button(), { key: 'Shift', code: 'ShiftLeft', shiftKey: true });
    fireEvent.keyDown(button(), { key: 'U', code: 'KeyU', ctrlKey: true, shiftKey: true });
    await pass(0);
    push(withSettings({ globalShortcut: 'CommandOrControl+Shift+U' }));
    expect(button().textContent).toBe('Ctrl + Shift + U');
    fireEvent.click(screen.getByRole('button', { name: 'Back to the default: Shortcut' }));
    await pass(0);
    expect(patches(api)).toEqual([{ globalShortcut: 'CommandOrControl+Shift+U' }, { globalShortcut: null }]);
  });

  test('is left as it is by Escape, which then doesn’t close the popover', async () => {
    const { api } = await renderPopover(sampleState());
    openGroup('App');
    fireEvent.click(button());
    fireEvent.keyDown(button(), { key: 'Escape' });
    expect(button().textContent).toBe('None');
    expect(api.hidePopover).not.toHaveBeenCalled();
    fireEvent.keyDown(button(), { key: 'Escape' });
    expect(api.hidePopover).toHaveBeenCalledOnce();
  });
});
