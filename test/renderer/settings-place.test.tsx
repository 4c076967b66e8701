import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { renderPopover } from './render-popover.js';
import { sampleState } from './sample-state.js';
import { openGroup, pass, patches, setScene, withSettings } from './settings-scene.js';

setScene();

const openSettings = () => fireEvent.click(screen.getByRole('button', { name: 'Settings' }));

describe('the list of groups', () => {
  test('says what holds in each group', async () => {
    const { push } = await renderPopover(sampleState());
    openSettings();
    const rows = () =>
      within(screen.getByRole('region', { name: 'Settings' }))
        .getAllByRole('button')
        .map(({ textContent }) => textContent);
    expect(rows()).toEqual([
      'Exports75% to 95%, 10 minutes apart',
      'Noticesall shown, with sound',
      'Gauge and coloursring, automatic',
      'Appstarted by you, theme: system',
      'FoldersWatching 1 folder',
      'Context windowsknown by themselves',
      'Scriptsnone',
      'Files and helparchive, log, diagnostics',
    ]);
    push({
      ...withSettings({
        cooldownMinutes: 0,
        noticesOff: ['compacted'],
        noticeSound: false,
        gaugeStyle: 'bar',
        gaugeColour: 'monochrome',
        launchAtLogin: true,
        theme: 'dark',
        windowTokensByModel: { a: 1000 },
        commandAfterExport: ['cp'],
      }),
      scripts: { exporter: 'on', extractor: 'off' },
    });
    expect(rows().slice(0, -1)).toEqual([
      'Exports75% to 95%, no cooldown',
      'Notices8 of 9 shown, silent',
      'Gauge and coloursbar, one colour',
      'Appstarts at login, theme: dark',
      'FoldersWatching 1 folder',
      'Context windows1 model with a size of your own',
      'Scripts1 script, a command of your own',
    ]);
  });

  test('opens a group and comes back to its row, the focus with it', async () => {
    await renderPopover(sampleState());
    openGroup('Folders');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Back to all settings');
    expect(screen.getByRole('heading', { name: 'Folders' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Back to all settings' }));
    expect(document.activeElement?.textContent).toMatch(/^Folders/);
    openGroup('Exports');
    openSettings();
    expect(screen.queryByRole('heading', { name: 'Exports' })).toBeNull();
  });
});

describe('every setting', () => {
  const switches = [
    ['Exports', 'Archive before deletion', 'archiveBeforeDeletion', false, true],
    ['Notices', 'Sound', 'noticeSound', true, false],
    ['App', 'Start at login', 'launchAtLogin', false, true],
    ['App', 'Keep this window open', 'keepOpen', false, true],
    ['App', 'Mask secrets', 'maskSecrets', false, true],
    ['Scripts', 'Run CODITECT’s exporter too', 'exporterScript', false, true],
    ['Scripts', 'Run CODITECT’s extractor too', 'extractorScript', 'auto', 'off'],
  ] as const;

  test.each(switches)('%s: %s is a switch with a way back', async (group, name, key, shipped, other) => {
    const scripts = { exporter: 'off', extractor: 'on' } as const;
    const { api, push } = await renderPopover(sampleState({ scripts }));
    openGroup(group);
    expect(screen.queryByRole('button', { name: `Back to the default: ${name}` })).toBeNull();
    fireEvent.click(screen.getByRole('switch', { name }));
    await pass(0);
    push({ ...withSettings({ [key]: other }), scripts });
    fireEvent.click(screen.getByRole('button', { name: `Back to the default: ${name}` }));
    await pass(0);
    expect(document.activeElement).toBe(screen.getByRole('switch', { name }));
    push({ ...withSettings({ [key]: shipped }), scripts });
    expect(patches(api)).toEqual([{ [key]: other }, { [key]: shipped }]);
  });

  const choices = [
    ['Gauge', 'Shape', 'Number', { gaugeStyle: 'number' }],
    ['Gauge', 'Colours', 'One colour', { gaugeColour: 'monochrome' }],
    ['App', 'Theme', 'Dark', { theme: 'dark' }],
  ] as const;

  test.each(choices)('%s: %s is a choice', async (group, name, option, patch) => {
    const { api } = await renderPopover(sampleState());
    openGroup(group);
    fireEvent.click(within(screen.getByRole('radiogroup', { name })).getByRole('radio', { name: option }));
    await pass(0);
    expect(patches(api)).toEqual([patch]);
  });

  const numbers = [
    ['Exports', 'Minutes of quiet before an export', 'idleExportMinutes', 45],
    ['Exports', 'Cooldown in minutes', 'cooldownMinutes', 45],
    ['Folders', 'Poll interval in seconds', 'pollIntervalSeconds', 30],
  ] as const;

  test.each(numbers)('%s: %s is a field, sent also when the place is left', async (group, name, key, value) => {
    const { api } = await renderPopover(sampleState());
    openGroup(group);
    fireEvent.change(screen.getByRole('spinbutton', { name }), { target: { value: String(value) } });
    fireEvent.click(screen.getByRole('button', { name: 'Sessions' }));
    expect(patches(api)).toEqual([{ [key]: value }]);
  });

  test('a refused value is said beside its field and drawn back', async () => {
    const { api } = await renderPopover(sampleState());
    openGroup('App');
    api.updateSettings.mockResolvedValue({
      ok: true,
      value: { faults: [{ field: 'launchAtLogin', message: 'No.', mend: 'Mend it.' }] },
    });
    const login = screen.getByRole('switch', { name: 'Start at login' });
    fireEvent.click(login);
    expect(login.getAttribute('aria-checked')).toBe('true');
    await pass(0);
    expect(login.getAttribute('aria-checked')).toBe('false');
    const described = document.getElementById(login.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toContain('No. Mend it.');
  });

  test('a setting that a flag holds says so', async () => {
    await renderPopover(sampleState({ heldByFlag: ['pollIntervalSeconds'] }));
    openGroup('Folders');
    expect(screen.getByText('Set by --poll-interval for this run; a change replaces it.')).toBeTruthy();
  });
});

test('exports are paused and go on by a switch', async () => {
  const { api, push } = await renderPopover(sampleState());
  openGroup('Exports');
  fireEvent.click(screen.getByRole('switch', { name: 'Automatic exports' }));
  push(sampleState({ paused: true, revision: 2 }));
  fireEvent.click(screen.getByRole('switch', { name: 'Automatic exports' }));
  await pass(0);
  expect(api.setPaused.mock.calls).toEqual([[true], [false]]);
});

test('the reminder of a large archive is switched on with a size, changed, and off', async () => {
  const { api, push } = await renderPopover(sampleState());
  openGroup('Exports');
  const toggle = () => fireEvent.click(screen.getByRole('switch', { name: 'Remind me of a large archive' }));
  toggle();
  await pass(0);
  push(withSettings({ archiveReminderGigabytes: 10 }));
  const field = screen.getByRole('spinbutton', { name: 'Archive size in gigabytes' });
  fireEvent.change(field, { target: { value: '25' } });
  await pass(500);
  push(withSettings({ archiveReminderGigabytes: 25 }));
  toggle();
  await pass(0);
  expect(patches(api)).toEqual([
    { archiveReminderGigabytes: 10 },
    { archiveReminderGigabytes: 25 },
    { archiveReminderGigabytes: null },
  ]);
});

test('the files are opened by name; diagnostics are copied, and it is said', async () => {
  const { api } = await renderPopover(sampleState());
  openGroup('Files');
  for (const name of ['Open Archive', 'Open Pending exports', 'Open Log', 'Open Settings']) {
    fireEvent.click(screen.getByRole('button', { name }));
  }
  expect(api.openPlace.mock.calls).toEqual([['exports-archive'], ['exports-pending'], ['log'], ['settings-file']]);
  fireEvent.click(screen.getByRole('button', { name: 'Copy diagnostics' }));
  await pass(0);
  expect(screen.getByText('Copied. Paste it where you ask for help.')).toBeTruthy();
  await pass(4000);
  expect(screen.queryByText('Copied. Paste it where you ask for help.')).toBeNull();
  api.copyDiagnostics.mockResolvedValue({ ok: false, code: 'failed', message: 'No clipboard.' });
  fireEvent.click(screen.getByRole('button', { name: 'Copy diagnostics' }));
  await pass(0);
  expect(screen.getByText('No clipboard.')).toBeTruthy();
});

test('the command after exports is shown word by word, as plain text', async () => {
  await renderPopover(withSettings({ commandAfterExport: ['/usr/bin/cp', '{file}', '<b>x</b>'] }));
  openGroup('Scripts');
  const words = within(screen.getByRole('list', { name: 'Command after each export' })).getAllByRole('listitem');
  expect(words.map(({ textContent }) => textContent)).toEqual(['/usr/bin/cp', '{file}', '<b>x</b>']);
});
