import { describe, expect, it } from 'vitest';
import type { LastExport, PendingExport } from '../../../src/shared/app-state.js';
import { daemonStateOf, lastActivityOf, lastExportOf } from '../../../src/main/views/daemon-state.js';
import { blankState, someSession } from '../../support/blank-state.js';

const now = new Date('2026-11-01T12:00:00.000Z');
const lastExport: LastExport = {
  name: 'api-server.jsonl',
  at: '2026-11-01T11:00:00.000Z',
  percent: 76.04,
  trigger: 'threshold',
  messages: 12,
};
const pending: PendingExport = {
  name: 'a.jsonl',
  sessionId: someSession.id,
  percent: 75.55,
  trigger: 'threshold',
  state: 'waiting',
  bytes: 10,
  exportedAt: '2026-11-01T11:00:00.000Z',
  attempts: 0,
  problem: null,
};
const older = { ...someSession, id: 'older', path: '/x/older.jsonl', percent: 99, readAt: '2026-11-01T09:00:00.000Z' };
const unread = { ...someSession, id: 'unread', percent: null, usedTokens: null, readAt: null };

describe('daemonStateOf', () => {
  it('writes every key of the daemon, with the session read last', () => {
    const sessions = [older, { ...someSession, percent: 76.04, lastExport }, unread];
    const state = { ...blankState, sessions, pendingExports: [pending] };
    expect(daemonStateOf(undefined, state, now, true)).toEqual({
      last_check: '2026-11-01T12:00:00.000Z',
      last_context_percent: 76,
      last_tokens: 152_000,
      session_file: `${someSession.id}.jsonl`,
      watcher_active: true,
      pending_exports: [
        {
          filename: 'a.jsonl',
          exported_at: '2026-11-01T11:00:00.000Z',
          context_percent: 75.6,
          tokens: 152_000,
          session_file: `${someSession.id}.jsonl`,
        },
      ],
      last_export: '2026-11-01T11:00:00.000Z',
      last_export_file: 'api-server.jsonl',
      export_context_percent: 76,
      trigger: 'watcher',
    });
  });

  it('keeps unknown keys, and known ones that nothing new is known of', () => {
    const previous = {
      mine: { x: 1 },
      last_context_percent: 80,
      last_export: '2026-10-01T00:00:00+00:00',
      trigger: 'watcher',
    };
    expect(daemonStateOf(previous, blankState, now, false)).toEqual({
      ...previous,
      last_check: now.toISOString(),
      watcher_active: false,
      pending_exports: [],
    });
  });

  it.each([['text'], [null], [[1, 2]], [7]])('takes %j in the file as an empty one', (previous) => {
    expect(Object.keys(daemonStateOf(previous, blankState, now, true)).toSorted()).toEqual([
      'last_check',
      'pending_exports',
      'watcher_active',
    ]);
  });

  it.each([
    ['an older one', '2026-11-01T10:00:00.000Z', lastExport.at],
    ['a newer one', '2026-11-01T11:30:00+00:00', '2026-11-01T11:30:00+00:00'],
    ['one in the future', '2099-01-01T00:00:00Z', lastExport.at],
    ['nonsense', 'yesterday', lastExport.at],
  ])('lets its own last export follow %s of the file', (_, before, after) => {
    const state = { ...blankState, sessions: [{ ...someSession, lastExport }] };
    expect(daemonStateOf({ last_export: before }, state, now, true)['last_export']).toBe(after);
  });

  it.each([
    ['manual', 'manual'],
    ['threshold', 'watcher'],
    ['compaction', 'watcher'],
  ] as const)('calls the trigger %s %s', (trigger, word) => {
    const state = { ...blankState, sessions: [{ ...someSession, lastExport: { ...lastExport, trigger } }] };
    expect(daemonStateOf({}, state, now, true)['trigger']).toBe(word);
  });

  it('takes pending exports from the folder, and keeps what else was said of them', () => {
    const previous = {
      pending_exports: [{ filename: 'a.jsonl', tokens: 1, note: 'n' }, { filename: 'gone.jsonl' }, 'junk'],
    };
    const state = { ...blankState, sessions: [someSession], pendingExports: [pending] };
    const many = daemonStateOf(previous, { ...state, pendingTotal: 100_000 }, now, true);
    expect(many['pending_exports_total']).toBe(100_000);
    expect(lastActivityOf(many)?.pendingExports).toBe(100_000);
    expect(daemonStateOf(many, state, now, true)).not.toHaveProperty('pending_exports_total');
    expect(daemonStateOf(previous, state, now, true)['pending_exports']).toEqual([
      expect.objectContaining({ filename: 'a.jsonl', tokens: 1, note: 'n', context_percent: 75.6 }),
    ]);
  });
});

describe('lastExportOf', () => {
  it.each([
    [{ last_export: '2026-01-11T10:00:00.123456+00:00' }, '2026-01-11T10:00:00.123Z'],
    [{ last_export: '2026-01-11T10:00:00Z' }, '2026-01-11T10:00:00.000Z'],
  ])('reads %j', (file, time) => {
    expect(lastExportOf(file)?.toISOString()).toBe(time);
  });

  it.each([[undefined], [null], [{}], [{ last_export: 7 }], [{ last_export: 'soon' }], [[]]])(
    'reads none from %j',
    (file) => {
      expect(lastExportOf(file)).toBeNull();
    },
  );
});

describe('lastActivityOf', () => {
  it('reads what the daemon wrote, and passes over what is damaged', () => {
    const file = {
      last_check: 'then',
      last_context_percent: '80',
      pending_exports: [{ filename: 'a' }, { filename: 'b' }],
    };
    expect(lastActivityOf(file)).toEqual({ lastCheck: 'then', percent: null, lastExport: null, pendingExports: 2 });
  });

  it('has none without a file', () => {
    expect(lastActivityOf(null)).toBeNull();
  });
});
