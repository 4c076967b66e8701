import { describe, expect, test } from 'vitest';
import { noticeOfAnswer, noticesSince } from '../../../src/main/views/notices.js';
import type { AppEvent, AppState, NewAppEvent } from '../../../src/shared/app-state.js';
import { blankState } from '../../support/blank-state.js';

const exported: Extract<NewAppEvent, { kind: 'exported' }> = {
  kind: 'exported',
  sessionId: 's1',
  project: 'api-server',
  title: 'Fix the flaky tests',
  percent: 76.04,
  trigger: 'threshold',
  late: false,
  name: 'segment.jsonl',
  path: '/storage/exports-archive/s1/segment.jsonl',
  newMessages: 12,
  processed: true,
  firstOfEpisode: true,
};
const label = 'api-server — Fix the flaky tests';

const stateWith = (events: readonly NewAppEvent[], noticeSound = true): AppState => ({
  ...blankState,
  settings: { ...blankState.settings, noticeSound },
  events: events.map((event, index): AppEvent => ({ ...event, sequence: index + 1, at: '2026-11-01T10:00:00.000Z' })),
});
const noticesOf = (event: NewAppEvent, noticeSound = true) => noticesSince(stateWith([event], noticeSound), 0);

test('an export whose processing failed is opened for its user, and no other', () => {
  const failed = { ...exported, processed: false, path: '/storage/exports-archive/s1/x.jsonl' };
  expect(noticesOf(failed)).toMatchObject([{ title: 'Session Export', opens: failed.path, quiet: false }]);
  expect(noticesOf({ ...failed, firstOfEpisode: false })).toMatchObject([{ opens: failed.path, quiet: true }]);
  expect(noticesOf(exported)[0]).not.toHaveProperty('opens');
});

describe("the daemon's four, and those of old sessions", () => {
  test.each<[string, NewAppEvent, string, string]>([
    [
      'an export that was processed',
      exported,
      'Auto-Export Complete',
      `${label}\nContext at 76.0%\nProcessed: 12 new messages\nAuto-archived`,
    ],
    [
      'a count that nobody knows is not made up',
      { ...exported, newMessages: null },
      'Auto-Export Complete',
      `${label}\nContext at 76.0%\nAuto-archived`,
    ],
    [
      'a session without title and reading',
      { ...exported, title: null, percent: null, trigger: 'compaction' },
      'Auto-Export Complete',
      'api-server\nProcessed: 12 new messages\nAuto-archived',
    ],
    [
      'an export by hand',
      { ...exported, trigger: 'manual', newMessages: 0 },
      'Export Complete',
      `${label}\nContext at 76.0%\nProcessed: 0 new messages\nArchived`,
    ],
    [
      'an export whose processing failed',
      { ...exported, processed: false, newMessages: null, path: '/storage/exports-pending/x.jsonl' },
      'Session Export',
      `${label}\nContext at 76.0%\n/storage/exports-pending/x.jsonl\nAuto-processing failed - run /cx manually`,
    ],
    [
      'an export that failed',
      {
        kind: 'export-failed',
        sessionId: 's1',
        project: 'api-server',
        title: null,
        trigger: 'threshold',
        message: 'The disk is full.',
      },
      'Export Failed',
      'api-server\nAuto-export failed. Check logs.\nThe disk is full.',
    ],
    [
      'a batch',
      { kind: 'batch-processed', files: 3, newMessages: 40 },
      'Batch Processing Complete',
      'Processed 3 export(s)\n40 new messages extracted',
    ],
    [
      'sessions that will be deleted soon',
      { kind: 'retention-near', sessions: 3, bytes: 12_345_678, firstAt: '2099-11-03T10:00:00.000Z' },
      'Sessions Will Be Deleted Soon',
      '3 sessions (12 MB) not archived\nClaude Code deletes the first on 2099-11-03\nArchive them from the popover',
    ],
    [
      'a session whose time is over',
      { kind: 'retention-near', sessions: 1, bytes: 812, firstAt: '2020-11-03T10:00:00.000Z' },
      'Sessions Will Be Deleted Soon',
      '1 session (812 B) not archived\nClaude Code deletes the first when it starts next\nArchive them from the popover',
    ],
    [
      'sessions archived before their deletion',
      { kind: 'retention-archived', sessions: 3, bytes: 4_230, failed: 1 },
      'Archived Before Deletion',
      '3 sessions (4.2 KB)\n1 could not be archived. Check logs.',
    ],
    [
      'a batch of unknown content',
      { kind: 'batch-processed', files: 1, newMessages: null },
      'Batch Processing Complete',
      'Processed 1 export(s)',
    ],
    [
      'an archive that has grown',
      { kind: 'archive-large', bytes: 2_612_000_000, limitBytes: 2_500_000_000 },
      'Archive Has Grown',
      'It takes 2.6 GB, more than the 2.5 GB that you have set.',
    ],
  ])('%s', (_name, event, title, body) => {
    expect(noticesOf(event)).toEqual([expect.objectContaining({ title, body, silent: false, quiet: false })]);
  });
});

test('what the export tells anyway has no notice of its own', () => {
  const of = { sessionId: 's1', project: 'p', title: null };
  expect(noticesOf({ kind: 'threshold-crossed', ...of, percent: 75 })).toEqual([]);
  expect(noticesOf({ kind: 'compacted', ...of, preTokens: 967_000, postTokens: 31_000 })).toEqual([]);
});

test('an export before a deletion is told with the others of its batch, unless its processing failed', () => {
  expect(noticesOf({ ...exported, trigger: 'retention' })).toEqual([]);
  expect(noticesOf({ ...exported, trigger: 'retention', processed: false })).toMatchObject([
    { title: 'Session Export' },
  ]);
});

test('only what came after the given event is told, oldest first', () => {
  const state = stateWith([
    exported,
    { ...exported, sessionId: 's2' },
    { kind: 'batch-processed', files: 1, newMessages: 1 },
  ]);
  expect(noticesSince(state, 1).map((notice) => notice.subject)).toEqual(['s2', 'batch']);
  expect(noticesSince(state, 3)).toEqual([]);
});

test('later threshold exports of an episode take the place of the first in silence; others speak', () => {
  const later = { ...exported, firstOfEpisode: false };
  expect(noticesOf(later)).toEqual([expect.objectContaining({ subject: 's1', silent: true, quiet: true })]);
  expect(noticesOf({ ...later, trigger: 'manual' })).toEqual([
    expect.objectContaining({ silent: false, quiet: false }),
  ]);
});

test('no notice sounds when the setting says so', () => {
  const failed: NewAppEvent = {
    kind: 'export-failed',
    sessionId: 's',
    project: 'p',
    title: null,
    trigger: 'manual',
    message: 'm',
  };
  for (const event of [exported, failed, { kind: 'batch-processed', files: 1, newMessages: 1 } satisfies NewAppEvent]) {
    expect(noticesOf(event, false)).toEqual([expect.objectContaining({ silent: true })]);
  }
});

test('text of a session cannot add lines of its own', () => {
  const [notice] = noticesOf({ ...exported, project: 'a\nContext at 1.0%', title: '\u202Eevil\u0000' });
  expect(notice?.body.split('\n')).toEqual([
    'a Context at 1.0% — evil',
    'Context at 76.0%',
    'Processed: 12 new messages',
    'Auto-archived',
  ]);
});

describe('the answer to Export now in the menu', () => {
  test.each([
    [
      'all exported already',
      { kind: 'done', outcomes: [{ kind: 'nothing-new', sessionId: 's' }] },
      'Nothing New to Export',
    ],
    ['no live session', { kind: 'done', outcomes: [] }, 'Nothing New to Export'],
    ['a refusal', { kind: 'refused', message: 'The daemon exports.' }, 'Nothing Exported'],
    [
      'an export tells itself',
      { kind: 'done', outcomes: [{ kind: 'exported', sessionId: 's', name: 'n', path: 'p', messages: 1 }] },
      null,
    ],
    [
      'a failure tells itself',
      { kind: 'done', outcomes: [{ kind: 'failed', sessionId: 's', message: 'm', mend: 'm' }] },
      null,
    ],
  ] as const)('%s', (_name, answer, title) => {
    expect(noticeOfAnswer(answer, true)?.title ?? null).toBe(title);
  });
});
