import { expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { checkedAnswer } from '../../../src/main/electron/checked-answer.js';
import { intentSchemas } from '../../../src/main/electron/intent-schemas.js';
import type { IntentName, Intents } from '../../../src/shared/ipc-contract.js';

const anyQuery = {
  text: 'words',
  project: null,
  role: null,
  session: null,
  kinds: null,
  since: null,
  until: null,
  limit: 20,
  offset: 0,
};

const accepted: { readonly [Name in IntentName]: readonly Intents[Name]['argument'][] } = {
  'get-state': [null],
  'export-now': [{ sessionId: null }, { sessionId: '11111111-2222-4333-8444-555555555555' }],
  'update-settings': [
    { patch: {} },
    { patch: { thresholdPercent: 80, maxPercent: 96, cooldownMinutes: 0, pollIntervalSeconds: 1, noticeSound: false } },
    { patch: { windowTokensByModel: { 'claude-x': 1_000_000 } } },
    { patch: { extractorScript: 'off', exporterScript: true } },
    { patch: { warnPercent: null, alarmPercent: 90, thresholdPercentBySession: { a: 60 } } },
    { patch: { noticesOff: ['compacted'], noticesSilent: [], quietHours: { from: '22:00', to: '07:00' } } },
    { patch: { gaugeStyle: 'bar', gaugeColour: 'monochrome', gaugeTitle: true, theme: 'dark', keepOpen: true } },
    { patch: { globalShortcut: 'CommandOrControl+Shift+U', launchAtLogin: true, maskSecrets: true } },
    { patch: { globalShortcut: null, quietHours: null, archiveReminderGigabytes: null } },
    // Out of range: the engine's faults say so beside the field.
    { patch: { thresholdPercent: 500 } },
  ],
  'add-root': [null],
  // No folder of the settings; nothing is removed then.
  'remove-root': [{ entry: '/home/me/work' }, { entry: '' }],
  'copy-diagnostics': [null],
  'set-paused': [{ paused: true }],
  'mute-notices': [
    { sessionId: null, length: 'one-hour' },
    { sessionId: '11111111-2222-4333-8444-555555555555', length: null },
  ],
  'copy-resume-command': [{ sessionId: 'a' }],
  'open-session-folder': [{ sessionId: 'a' }],
  'dismiss-session': [{ sessionId: '11111111-2222-4333-8444-555555555555', dismissed: true }],
  'act-on-pending': [
    { action: 'retry', name: 'a.jsonl' },
    { action: 'reveal', name: 'notes.txt' },
    // No name of ours; the engine knows no such file.
    { action: 'open', name: '../../etc/passwd' },
  ],
  'retry-pending': [null],
  'archive-near-deletion': [null],
  'delete-archived': [{ sessionId: '11111111-2222-4333-8444-555555555555' }],
  'confirm-first-run': [null],
  'answer-exporter-offer': [{ accepted: true }, { accepted: false }],
  'start-demo': [null],
  'leave-demo': [null],
  'stop-daemon': [null],
  'search-archive': [
    { query: anyQuery },
    { query: { ...anyQuery, text: '"<b>', role: 'tool', kinds: ['user'], since: '2026-11-01T00:00:00.000Z' } },
  ],
  'list-archived': [{ query: { order: 'newest', offset: 0, limit: 100 } }],
  'list-projects': [null],
  'reveal-archived': [{ sessionId: '11111111-2222-4333-8444-555555555555' }],
  'start-job': [
    { wish: { kind: 'verify' } },
    { wish: { kind: 'reindex' } },
    { wish: { kind: 'restore', sessionId: '11111111-2222-4333-8444-555555555555', place: 'chosen' } },
  ],
  'cancel-job': [{ id: 1 }],
  'dismiss-job': [{ id: 7 }],
  'reveal-restored': [{ id: 7 }],
  'open-transcript': [
    { sessionId: '11111111-2222-4333-8444-555555555555', entryUuid: null },
    { sessionId: '11111111-2222-4333-8444-555555555555', entryUuid: 'u1' },
  ],
  'open-place': [
    { place: 'log' },
    { place: 'exports-archive' },
    { place: 'exports-pending' },
    { place: 'settings-file' },
  ],
  'set-popover-height': [{ heightPixels: 480.5 }],
  'set-sessions-on-view': [{ sessionIds: [] }, { sessionIds: ['11111111-2222-4333-8444-555555555555'] }],
  'hide-popover': [null],
};

const refused: { readonly [Name in IntentName]: readonly unknown[] } = {
  'get-state': [undefined, {}],
  'export-now': [
    null,
    {},
    { sessionId: 7 },
    { sessionId: '' },
    { sessionId: 'x'.repeat(201) },
    { sessionId: null, path: '/x' },
  ],
  'update-settings': [
    null,
    { thresholdPercent: 80 },
    { patch: { thresholdPercent: '80' } },
    { patch: { thresholdPercent: Number.NaN } },
    { patch: { contextStorage: '/tmp/elsewhere' } },
    { patch: { extraRoots: ['/etc'] } },
    { patch: { commandAfterExport: ['rm', '{file}'] } },
    { patch: { extractorScript: '/x.py' } },
    { patch: { unheardOf: 1 } },
    { patch: { noticesOff: ['everything'] } },
    { patch: { quietHours: { from: '22:00' } } },
    { patch: { quietHours: { from: '22:00', to: '07:00', on: 'weekdays' } } },
    { patch: { gaugeStyle: 'pie' } },
    { patch: { theme: null } },
    { patch: { globalShortcut: 'x'.repeat(101) } },
  ],
  'add-root': [{ path: '/etc' }, '/etc'],
  'remove-root': [null, { entry: 7 }, { entry: 'x'.repeat(4097) }, { entry: '/a', path: '/x' }],
  'copy-diagnostics': [{}],
  'set-paused': [null, { paused: 'yes' }],
  'mute-notices': [
    { sessionId: null },
    { sessionId: '', length: 'lasting' },
    { sessionId: null, length: 'a-week' },
    { sessionId: null, length: 60 },
  ],
  'copy-resume-command': [null, { sessionId: null }, { sessionId: 'a', cwd: '/x' }],
  'open-session-folder': [null, { sessionId: null }, { sessionId: 'a', path: '/x' }],
  'dismiss-session': [{ sessionId: null, dismissed: true }, { sessionId: 'a' }, { sessionId: 'a', dismissed: 1 }],
  'act-on-pending': [
    null,
    { action: 'delete', name: 'a.jsonl' },
    { action: 'open', name: '' },
    { action: 'open', name: 'x'.repeat(256) },
    { action: 'open', name: 'a.jsonl', path: '/etc/passwd' },
  ],
  'retry-pending': [{}],
  'archive-near-deletion': [true],
  'delete-archived': [null, {}, { sessionId: null }, { sessionId: 'a', path: '/x' }],
  'confirm-first-run': [true],
  'answer-exporter-offer': [null, {}, { accepted: 'yes' }, { accepted: true, path: '/x' }],
  'start-demo': ['now'],
  'leave-demo': [0],
  'stop-daemon': [{ pid: 1 }],
  'list-archived': [
    null,
    { query: { order: 'oldest', offset: 0, limit: 10 } },
    { query: { order: 'newest', offset: 0, limit: 101 } },
    { query: { order: 'newest', offset: -1, limit: 10 } },
    { query: { order: 'newest', offset: 0, limit: 10, folder: '/etc' } },
  ],
  'list-projects': ['all'],
  'reveal-archived': [null, { sessionId: '' }, { sessionId: 'a', path: '/x' }],
  'start-job': [
    null,
    { wish: { kind: 'delete' } },
    { wish: { kind: 'restore', sessionId: 'a' } },
    { wish: { kind: 'restore', sessionId: 'a', place: '/etc' } },
    { wish: { kind: 'restore', sessionId: 'a', place: 'chosen', into: '/etc' } },
  ],
  'cancel-job': [null, { id: 0 }, { id: '1' }],
  'dismiss-job': [{ id: 1.5 }],
  'reveal-restored': [{ id: 1, path: '/etc/passwd' }],
  'open-transcript': [
    null,
    { sessionId: 'a' },
    { sessionId: null, entryUuid: null },
    { sessionId: 'a', entryUuid: '' },
    { sessionId: 'a', entryUuid: null, path: '/x' },
  ],
  'search-archive': [
    null,
    { query: 'words' },
    { query: { ...anyQuery, text: 'x'.repeat(501) } },
    { query: { ...anyQuery, role: 'robot' } },
    { query: { ...anyQuery, since: 'yesterday' } },
    { query: { ...anyQuery, limit: 101 } },
    { query: { ...anyQuery, offset: -1 } },
    { query: { ...anyQuery, folder: '/etc' } },
  ],
  'open-place': [{ place: '/etc/passwd' }, { place: 'log', path: '/etc/passwd' }, {}],
  'set-popover-height': [{ heightPixels: 0 }, { heightPixels: Number.POSITIVE_INFINITY }, { heightPixels: 1e9 }],
  'set-sessions-on-view': [null, {}, { sessionIds: [7] }, { sessionIds: [''] }, { sessionIds: Array(501).fill('s') }],
  'hide-popover': [{}],
};

const names = Object.keys(intentSchemas) as IntentName[];
const ask = (name: IntentName, argument: unknown, trusted = true) => {
  const handler = vi.fn((value: unknown) => value);
  const onRefusal = vi.fn();
  const schema = intentSchemas[name] as z.ZodType<unknown>;
  return { handler, onRefusal, answer: checkedAnswer({ trusted, schema, argument, handler, onRefusal }) };
};

test.each(names)('%s hands what fits its schema to the handler, and nothing else', async (name) => {
  for (const argument of accepted[name]) {
    const { handler, answer } = ask(name, argument);
    expect(await answer).toEqual({ ok: true, value: argument });
    expect(handler).toHaveBeenCalledExactlyOnceWith(argument);
  }
  for (const argument of refused[name]) {
    const { handler, onRefusal, answer } = ask(name, argument);
    expect(await answer).toMatchObject({ ok: false, code: 'bad-argument' });
    expect(handler).not.toHaveBeenCalled();
    expect(onRefusal).toHaveBeenCalledOnce();
  }
});

test('an untrusted sender reaches no handler, whatever it sends', async () => {
  const { handler, answer } = ask('set-paused', { paused: true }, false);
  expect(await answer).toMatchObject({ ok: false, code: 'untrusted-sender' });
  expect(handler).not.toHaveBeenCalled();
});

test('a handler that throws becomes an answer with its sentence', async () => {
  const onRefusal = vi.fn();
  const cause = new Error('The folder is gone.');
  const answer = await checkedAnswer({
    trusted: true,
    schema: intentSchemas['get-state'],
    argument: null,
    handler: () => Promise.reject(cause),
    onRefusal,
  });
  expect(answer).toEqual({ ok: false, code: 'failed', message: 'The folder is gone.' });
  expect(onRefusal).toHaveBeenCalledWith('failed: The folder is gone.', cause);
});
