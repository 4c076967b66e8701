import { describe, expect, test } from 'vitest';
import { noticeOfAnswer, wordsOfEvent } from '../../../src/main/views/notices.js';
import type { NewAppEvent, SessionState } from '../../../src/shared/app-state.js';
import { blankState, someSession } from '../../support/blank-state.js';

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

const wordsOf = (event: NewAppEvent, state = blankState) =>
  wordsOfEvent({ ...event, sequence: 1, at: '2026-11-01T10:00:00.000Z' }, state, null);

test('an export whose processing failed is opened for its user, and no other', () => {
  const failed = { ...exported, processed: false, path: '/storage/exports-archive/s1/x.jsonl' };
  expect(wordsOf(failed)).toMatchObject({ title: 'Session Export', opens: failed.path });
  expect(wordsOf(exported)).not.toHaveProperty('opens');
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
      { kind: 'batch-processed', files: 3, newMessages: 40, sessionIds: ['unlisted'] },
      'Batch Processing Complete',
      'Processed 3 export(s)\n40 new messages extracted',
    ],
    [
      'sessions that will be deleted soon',
      { kind: 'retention-near', sessions: 3, bytes: 12_345_678, firstAt: '2099-11-03T10:00:00.000Z', soonest: [] },
      'Sessions Will Be Deleted Soon',
      '3 sessions (12 MB) not archived\nClaude Code deletes the first on 2099-11-03\nArchive them from the popover',
    ],
    [
      'a session whose time is over',
      { kind: 'retention-near', sessions: 1, bytes: 812, firstAt: '2020-11-03T10:00:00.000Z', soonest: [] },
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
      { kind: 'batch-processed', files: 1, newMessages: null, sessionIds: [] },
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
    expect(wordsOf(event)).toMatchObject({ title, body });
  });
});

const session = { ...someSession, id: 's1' };
const of = { sessionId: 's1', project: 'api-server', title: 'Fix the flaky tests' };
const forecast = { to: 'compaction', turnsLeft: 6, minutesLeft: 14, tokensPerTurn: 1, tokensPerMinute: 1 } as const;
const lastExport = {
  name: 'x',
  at: '2026-11-01T09:59:20.000Z',
  percent: 95,
  trigger: 'threshold',
  messages: 3,
} as const;

describe('what no export tells of', () => {
  const crossed = { kind: 'threshold-crossed', ...of, percent: 76.24 } as const;
  const compacted = { kind: 'compacted', ...of, preTokens: 967_000, postTokens: 31_000 } as const;
  test.each<[string, NewAppEvent, Partial<SessionState>, string]>([
    ['a crossing', crossed, {}, 'Context at 76.2%\n12 messages not exported'],
    ['with all exported', crossed, { unexportedMessages: 0 }, 'Context at 76.2%\nAll of it is exported'],
    ['while counting', crossed, { unexportedMessages: null }, 'Context at 76.2%'],
    [
      'with a forecast',
      crossed,
      { forecast, unexportedMessages: null },
      'Context at 76.2%\nAbout 6 turns, 14 min to compaction',
    ],
    [
      'to the full window',
      crossed,
      { forecast: { ...forecast, to: 'full' }, unexportedMessages: null },
      'Context at 76.2%\nAbout 6 turns, 14 min to full',
    ],
    [
      'of the last turn',
      crossed,
      { forecast: { ...forecast, turnsLeft: 0 }, unexportedMessages: null },
      'Context at 76.2%\nCompacts at any moment',
    ],
    ['a compaction', compacted, { unexportedMessages: 0 }, '967k → about 31k tokens'],
    [
      'after an export',
      compacted,
      { unexportedMessages: 0, lastExport },
      '967k → about 31k tokens\nExported 40 s before',
    ],
    [
      'with the estimate',
      compacted,
      { unexportedMessages: 1, estimated: true, usedTokens: 57_900 },
      '967k → about 58k tokens\n1 message not exported',
    ],
    ['of unknown size', { ...compacted, preTokens: null }, { unexportedMessages: 0 }, ''],
    ['to unknown size', { ...compacted, postTokens: null }, { unexportedMessages: 0 }, 'Compacted at 967k tokens'],
  ])('%s', (_name, event, change, body) => {
    const state = { ...blankState, sessions: [{ ...session, ...change }] };
    expect(wordsOf(event, state).body).toBe(body === '' ? label : `${label}\n${body}`);
  });

  test('a session that is not known any more is still named', () => {
    expect(wordsOf(crossed).body).toBe(`${label}\nContext at 76.2%`);
    expect(wordsOf(compacted).body).toBe(`${label}\n967k → about 31k tokens`);
  });
});

test('a batch names the sessions that are listed', () => {
  const sessions = ['a', 'b', 'c', 'd'].map((id) => ({ ...someSession, id, project: `project-${id}`, title: null }));
  const body = (sessionIds: readonly string[]) =>
    wordsOf({ kind: 'batch-processed', files: 9, newMessages: null, sessionIds }, { ...blankState, sessions }).body;
  expect(body(['b'])).toBe('Processed 9 export(s)\nproject-b');
  expect(body(['a', 'gone'])).toBe('Processed 9 export(s)\nproject-a\nand others');
  expect(body(['a', 'b', 'c', 'd'])).toBe('Processed 9 export(s)\nproject-a\nproject-b\nproject-c\nand others');
});

test('deletions to come name the first of them', () => {
  const soonest = [{ sessionId: 'a', project: 'api-server', title: 'Fix the flaky tests' }];
  const near = { kind: 'retention-near', bytes: 812, firstAt: '2020-11-03T10:00:00.000Z', soonest } as const;
  expect(
    wordsOf({ ...near, sessions: 1 })
      .body.split('\n')
      .slice(2),
  ).toEqual([label, 'Archive them from the popover']);
  expect(
    wordsOf({ ...near, sessions: 9 })
      .body.split('\n')
      .slice(2, 4),
  ).toEqual([label, 'and others']);
});

test('watching that has become worse says what mends it', () => {
  expect(wordsOf({ kind: 'watching-degraded', message: 'The drive doesn’t answer.', mend: 'Check it.' })).toEqual({
    title: 'Watching Is Limited',
    body: 'The drive doesn’t answer.\nCheck it.',
  });
});

test('an export for a compaction tells of both', () => {
  const compaction = {
    kind: 'compacted',
    ...of,
    preTokens: 967_000,
    postTokens: 31_000,
    sequence: 1,
    at: 'x',
  } as const;
  const event = { ...exported, trigger: 'compaction', sequence: 2, at: 'x' } as const;
  expect(wordsOfEvent(event, blankState, compaction)).toEqual({
    title: 'Compacted and Exported',
    body: `${label}\n967k → about 31k tokens\nProcessed: 12 new messages\nAuto-archived`,
  });
});

test('text of a session cannot add lines of its own', () => {
  const { body } = wordsOf({ ...exported, project: 'a\nContext at 1.0%', title: '\u202Eevil\u0000' });
  expect(body.split('\n')).toEqual([
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
    expect(noticeOfAnswer(answer)?.title ?? null).toBe(title);
  });
});
