import { act, fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { renderPopover } from './render-popover.js';
import { idleSession, sampleLine, sampleSession, sampleState } from './sample-state.js';

const one = sampleSession({ id: 'one', project: 'docs-site', title: 'Rewrite' });
const other = idleSession({ id: 'other', exportedBytes: 0, cwd: null });
const row = (id: string) => document.querySelector<HTMLElement>(`.row[data-session-id="${id}"]`) as HTMLElement;
const more = (id: string) => within(row(id)).getByRole('button', { name: /^More: / });
const item = (name: RegExp | string) => screen.getByRole('menuitem', { name });

async function openMenu(id: string, sessions = [one, other]) {
  const user = userEvent.setup();
  const popover = await renderPopover(sampleState({ sessions }));
  await user.click(more(id));
  return { user, ...popover };
}

describe('the menu of a session', () => {
  test('offers everything by name, with what can not be done and why', async () => {
    await openMenu('other');
    const rows = screen.getAllByRole('menuitem').map((entry) => entry.textContent);
    expect(rows).toEqual([
      'Export now',
      'Open transcriptnothing exported yet',
      'Copy command to resume',
      'Open foldernot known yet',
      'Own threshold …75% as all',
      'Mute for an hour',
      'Mute until tomorrow, 8:00',
      'Mute until I unmute',
      'Dismiss until written to',
    ]);
    expect([/transcript/, /folder/].map((name) => item(name).getAttribute('aria-disabled'))).toEqual(['true', 'true']);
  });

  test.each([
    ['Export now', 'exportNow', ['one']],
    ['Open transcript', 'openTranscript', ['one', null]],
    ['Open folder', 'openSessionFolder', ['one']],
    ['Mute for an hour', 'muteNotices', ['one', 'one-hour']],
    ['Mute until tomorrow, 8:00', 'muteNotices', ['one', 'until-tomorrow']],
    ['Mute until I unmute', 'muteNotices', ['one', 'lasting']],
    ['Dismiss until written to', 'dismissSession', ['one', true]],
  ] as const)('%s is sent to main', async (name, intent, argument) => {
    const { user, api } = await openMenu('one');
    await user.click(item(name));
    expect(api[intent].mock.calls).toEqual([argument]);
  });

  test('the copied command is said beside the session and read out', async () => {
    const { user, api } = await openMenu('one');
    await user.click(item('Copy command to resume'));
    expect(api.copyResumeCommand.mock.calls).toEqual([['one']]);
    expect(within(row('one')).getByText('Command copied')).toBeTruthy();
    expect(document.querySelector('[data-live-region]')?.textContent).toBe('Copied: claude --resume one');
  });

  test('why something could not be done is shown', async () => {
    const { user, api } = await openMenu('one');
    api.openSessionFolder.mockResolvedValue({ ok: false, code: 'failed', message: '/x is no folder.' });
    await user.click(item('Open folder'));
    expect(screen.getByText('/x is no folder.')).toBeTruthy();
  });

  test('a right click, the menu key or Shift+F10 in the row opens it, and Escape closes it alone', async () => {
    const user = userEvent.setup();
    const { api } = await renderPopover(sampleState({ sessions: [one, other] }));
    fireEvent.contextMenu(within(row('one')).getByText('docs-site'));
    expect(item('Export now')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menuitem')).toBeNull();
    expect(api.hidePopover).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(api.hidePopover).toHaveBeenCalledTimes(1);
  });

  test('by keyboard alone: opened, walked through and chosen from, and the focus is back on its button', async () => {
    const user = userEvent.setup();
    const { api } = await renderPopover(sampleState({ sessions: [one, other] }));
    more('one').focus();
    await user.keyboard('{Enter}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    expect(api.openSessionFolder.mock.calls).toEqual([['one']]);
    expect(document.activeElement).toBe(more('one'));
  });

  test('while a Python daemon exports, Export now is off', async () => {
    const user = userEvent.setup();
    await renderPopover(sampleState({ sessions: [one], mode: 'show-only' }));
    await user.click(more('one'));
    expect(item('Export now').getAttribute('aria-disabled')).toBe('true');
  });
});

describe('mutes', () => {
  test('a muted session says so with a sign, in words, and offers to unmute', async () => {
    const { user, api } = await openMenu('one', [sampleSession({ id: 'one', mute: { kind: 'lasting' } })]);
    expect(row('one').querySelector('.row-muted')?.getAttribute('data-hint')).toBe('Notices muted until you unmute');
    expect(row('one').textContent).toContain('Notices muted until you unmute');
    await user.click(item(/^Unmute/));
    expect(api.muteNotices.mock.calls).toEqual([['one', null]]);
  });

  test('all notices are muted and unmuted at the bell', async () => {
    const user = userEvent.setup();
    const { api, push } = await renderPopover(sampleState());
    await user.click(screen.getByRole('button', { name: 'Notices of all sessions' }));
    await user.click(item('Mute for an hour'));
    push(sampleState({ mute: { kind: 'until', at: new Date(Date.now() + 3_600_000).toISOString() } }));
    await user.click(screen.getByRole('button', { name: /^Notices of all sessions: muted until/ }));
    await user.click(item(/^Unmute/));
    expect(api.muteNotices.mock.calls).toEqual([
      [null, 'one-hour'],
      [null, null],
    ]);
  });
});

describe('dismissed sessions', () => {
  const gone = sampleSession({ id: 'gone', project: 'scratch', percent: 99, dismissed: true });

  test('are neither in the list nor on the gauge, but counted, and shown at a press', async () => {
    const { user, api } = await openMenu('one', [one, gone]);
    await user.keyboard('{Escape}');
    expect(row('gone')).toBeNull();
    expect(screen.getByText('1 dismissed')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Fullest live session' })).queryByText('scratch')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show: Dismissed sessions' }));
    await user.click(more('gone'));
    await user.click(item('Show again'));
    expect(api.dismissSession.mock.calls).toEqual([['gone', false]]);
  });

  test('the focus goes to the heading when its row goes', async () => {
    const { user, push } = await openMenu('one');
    await user.click(item('Dismiss until written to'));
    push(sampleState({ sessions: [{ ...one, dismissed: true }, other] }));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Sessions' }));
  });
});

describe('the threshold of its own', () => {
  const field = () =>
    screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Threshold of this session in percent' });
  const sent = (api: Awaited<ReturnType<typeof openMenu>>['api']) =>
    api.updateSettings.mock.calls.map(([patch]) => patch.thresholdPercentBySession);

  test('is typed or slid, kept beside those of other sessions, and taken away again', async () => {
    const user = userEvent.setup();
    const own = sampleSession({ id: 'one', exportBand: { from: 60, to: 95, isOwn: true } });
    const state = sampleState({ sessions: [own] });
    const settings = { ...state.settings, thresholdPercentBySession: { one: 60, two: 40 } };
    const { api } = await renderPopover({ ...state, settings });
    await user.click(more('one'));
    await user.click(item(/^Own threshold/));
    fireEvent.change(field(), { target: { value: '70' } });
    await user.keyboard('{Enter}');
    expect(sent(api)).toEqual([{ one: 70, two: 40 }]);
    await user.click(screen.getByRole('button', { name: 'As all: 75%' }));
    expect(sent(api).at(-1)).toEqual({ two: 40 });
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('spinbutton', { name: /of this session/ })).toBeNull();
  });

  test.each(['0', '100'])('%s is refused beside the field', async (typed) => {
    const { user, api } = await openMenu('one');
    await user.click(item(/^Own threshold/));
    fireEvent.change(field(), { target: { value: typed } });
    await act(async () => void fireEvent.keyDown(field(), { key: 'Enter' }));
    expect(screen.getByText('Use a whole number from 1 to 99.')).toBeTruthy();
    expect(api.updateSettings).not.toHaveBeenCalled();
  });

  test('says when the session is compacted before', async () => {
    const { user } = await openMenu('one', [
      sampleSession({ id: 'one', compactionLine: sampleLine({ percent: 70.4 }) }),
    ]);
    await user.click(item(/^Own threshold/));
    expect(screen.getByText('Never reached: this session compacts at 70%.')).toBeTruthy();
  });

  test('its band is the one drawn, said to whoever hovers and to screen readers', async () => {
    await renderPopover(sampleState({ sessions: [{ ...one, exportBand: { from: 90, to: 100, isOwn: true } }] }));
    expect(row('one').querySelector<HTMLElement>('.bar-band')?.style.insetInlineStart).toBe('90%');
    expect(row('one').querySelector('.bar')?.getAttribute('data-tone')).toBe('calm');
    expect(row('one').textContent).toContain('Exported from 90% on, its own threshold');
  });
});
