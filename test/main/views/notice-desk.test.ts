import { describe, expect, test } from 'vitest';
import { emptyDesk, takeNotices } from '../../../src/main/views/notice-desk.js';
import type { Notice } from '../../../src/main/views/notice.js';
import type { AppEvent, AppState, Mute, NewAppEvent } from '../../../src/shared/app-state.js';
import type { Settings } from '../../../src/shared/settings.js';
import { blankState, someSession } from '../../support/blank-state.js';

const startMs = new Date(2026, 10, 1, 10, 0).getTime();

const whose = (sessionId: string) => ({ sessionId, project: `project-${sessionId}`, title: null });
const crossed = (id: string): NewAppEvent => ({ kind: 'threshold-crossed', ...whose(id), percent: 76 });
const compacted = (id: string): NewAppEvent => ({
  kind: 'compacted',
  ...whose(id),
  preTokens: 967_000,
  postTokens: 31_000,
});
const failed = (id: string): NewAppEvent => ({
  kind: 'export-failed',
  ...whose(id),
  trigger: 'threshold',
  message: 'Full.',
});
const exported = (id: string, change: Partial<Extract<NewAppEvent, { kind: 'exported' }>> = {}): NewAppEvent => ({
  kind: 'exported',
  ...whose(id),
  percent: 76,
  trigger: 'threshold',
  late: false,
  name: 'x.jsonl',
  path: '/archive/x.jsonl',
  newMessages: 12,
  processed: true,
  firstOfEpisode: true,
  ...change,
});

/** Plays events and time to a desk; `at` is milliseconds since the start. */
function play(settings: Partial<Settings> = {}) {
  let [desk, sequence, atMs] = [emptyDesk, 0, 0];
  let events: readonly AppEvent[] = [];
  let exporting: readonly string[] = [];
  let onView: readonly string[] = [];
  let nextMs: number | null = null;
  let mutes: Readonly<Record<string, Mute>> = {};
  let state: AppState = { ...blankState, settings: { ...blankState.settings, ...settings } };

  function look(): readonly Notice[] {
    const sessions = [...new Set([...exporting, ...Object.keys(mutes)])].map((id) => ({
      ...someSession,
      id,
      exporting: exporting.includes(id),
      mute: mutes[id] ?? null,
    }));
    const now = new Date(startMs + atMs);
    const taken = takeNotices(desk, { ...state, events, sessions }, { now, isOnView: (id) => onView.includes(id) });
    desk = taken.desk;
    nextMs = taken.nextMs === null ? null : taken.nextMs - startMs;
    return taken.notices;
  }
  return {
    happen(...news: readonly NewAppEvent[]) {
      for (const event of news)
        events = [...events, { ...event, sequence: ++sequence, at: new Date(startMs + atMs).toISOString() }];
      return look();
    },
    at(ms: number) {
      atMs = ms;
      return look();
    },
    exporting: (...ids: readonly string[]) => (exporting = ids),
    onView: (...ids: readonly string[]) => (onView = ids),
    mute: (next: Readonly<Record<string, Mute>>) => (mutes = next),
    set: (change: Partial<AppState>) => (state = { ...state, ...change }),
    nextMs: () => nextMs,
  };
}
const titles = (notices: readonly Notice[]) => notices.map(({ title }) => title);

test('an event is told once, after the moment in which others may come', () => {
  const desk = play();
  expect(desk.happen(crossed('a'))).toEqual([]);
  expect(desk.nextMs()).toBe(400);
  expect(desk.at(400)).toEqual([
    expect.objectContaining({
      subject: 'a',
      sessionId: 'a',
      kind: 'threshold-crossed',
      title: 'Threshold Reached',
      silent: false,
      quiet: false,
    }),
  ]);
  expect(desk.nextMs()).toBeNull();
  expect(desk.at(60_000)).toEqual([]);
});

test('a clock that is set back delays nothing', () => {
  const desk = play();
  desk.happen(crossed('a'));
  expect(titles(desk.at(-3_600_000))).toEqual(['Threshold Reached']);
});

describe('a crossing and the export that it causes are one notice', () => {
  test('the export tells, however long it takes within ten seconds', () => {
    const desk = play();
    desk.exporting('a');
    desk.happen(crossed('a'));
    expect(desk.nextMs()).toBe(10_000);
    expect(desk.at(5_000)).toEqual([]);
    desk.exporting();
    expect(desk.happen(exported('a'))).toEqual([]);
    expect(titles(desk.at(5_400))).toEqual(['Auto-Export Complete']);
    expect(desk.at(20_000)).toEqual([]);
  });
  test('so does a failure', () => {
    const desk = play();
    desk.exporting('a');
    desk.happen(crossed('a'));
    desk.exporting();
    desk.happen(failed('a'));
    expect(titles(desk.at(400))).toEqual(['Export Failed']);
  });
  test('an export that takes longer takes the place of the crossing', () => {
    const desk = play();
    desk.exporting('a');
    desk.happen(crossed('a'));
    expect(desk.at(10_000)).toMatchObject([{ title: 'Threshold Reached', subject: 'a' }]);
    desk.happen(exported('a'));
    expect(desk.at(10_400)).toMatchObject([{ title: 'Auto-Export Complete', subject: 'a' }]);
  });
  test('where there was nothing to export, or exports are not told, the crossing is', () => {
    for (const settings of [{}, { noticesOff: ['exported'] }] as const) {
      const desk = play(settings);
      desk.exporting('a');
      desk.happen(crossed('a'));
      desk.exporting();
      if ('noticesOff' in settings) desk.happen(exported('a'));
      expect(titles(desk.at(400))).toEqual(['Threshold Reached']);
    }
  });
});

describe('a compaction and its export are one notice', () => {
  test('that tells of both', () => {
    const desk = play();
    desk.exporting('a');
    desk.happen(compacted('a'));
    desk.exporting();
    desk.happen(exported('a', { trigger: 'compaction' }));
    const [notice, ...others] = desk.at(400);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ title: 'Compacted and Exported', kind: 'compacted' });
    expect(notice?.body).toContain('967k → about 31k tokens\nProcessed: 12 new messages');
  });
  test('or of the one that is switched on', () => {
    const news = [compacted('a'), exported('a', { trigger: 'compaction' })];
    const desk = play({ noticesOff: ['compacted'] });
    desk.happen(...news);
    expect(titles(desk.at(400))).toEqual(['Auto-Export Complete']);
    const other = play({ noticesOff: ['exported'] });
    other.happen(...news);
    expect(titles(other.at(400))).toEqual(['Session Compacted']);
  });
  test('or with an export whose processing failed', () => {
    const desk = play();
    desk.happen(compacted('a'), exported('a', { trigger: 'compaction', processed: false }));
    expect(desk.at(400)).toMatchObject([
      { title: 'Session Export', kind: 'processing-failed', opens: '/archive/x.jsonl' },
    ]);
  });
});

describe('three or more of a kind', () => {
  test('at a time are one, each by name', () => {
    const desk = play();
    desk.happen(exported('a'), exported('b'), failed('x'), exported('c', { percent: null }));
    const notices = desk.at(400);
    expect(notices).toEqual([
      expect.objectContaining({
        subject: 'many-exported',
        sessionId: null,
        title: '3 Sessions Exported',
        quiet: false,
        replaces: [],
      }),
      expect.objectContaining({ subject: 'x', title: 'Export Failed' }),
    ]);
    expect(notices[0]?.body).toBe('project-c\nproject-b · 76%\nproject-a · 76%');
  });
  test('within ten seconds take the place of those told one by one; more are added quietly', () => {
    const desk = play();
    desk.happen(exported('a'), exported('b'));
    expect(desk.at(400)).toHaveLength(2);
    desk.at(4_000);
    desk.happen(exported('c'));
    expect(desk.at(4_400)).toMatchObject([
      { subject: 'many-exported', title: '3 Sessions Exported', replaces: ['a', 'b'], quiet: false, silent: false },
    ]);
    desk.happen(...['d', 'e', 'f'].map((id) => exported(id)));
    const [more] = desk.at(5_000);
    expect(more).toMatchObject({ title: '6 Sessions Exported', replaces: [], quiet: true, silent: true });
    expect(more?.body.split('\n')).toEqual([...['f', 'e', 'd', 'c'].map((id) => `project-${id} · 76%`), 'and 2 more']);
  });
  test('over a longer time are told one by one, and one session several times is no crowd', () => {
    const desk = play({ cooldownMinutes: 0 });
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
      desk.at(index * 6_000);
      desk.happen(exported(id));
      expect(desk.at(index * 6_000 + 400)).toMatchObject([{ subject: id }]);
    }
    for (let at = 60_000; at < 63_000; at += 1_000) {
      desk.at(at);
      desk.happen(exported('a'));
      expect(desk.at(at + 500)).toMatchObject([{ subject: 'a' }]);
    }
  });
  test('a session that something else was told of since keeps that notice', () => {
    const desk = play();
    desk.happen(crossed('a'), crossed('b'));
    desk.at(400);
    desk.happen(failed('a'));
    desk.at(900);
    desk.happen(crossed('c'));
    expect(desk.at(1_400)).toMatchObject([{ subject: 'many-threshold-crossed', replaces: ['b'] }]);
  });
});

test('later exports of an episode are told quietly, unless the first was not told yet', () => {
  const later = { firstOfEpisode: false };
  const desk = play();
  desk.happen(exported('a', later));
  expect(desk.at(400)).toMatchObject([{ subject: 'a', silent: true, quiet: true }]);
  desk.happen(exported('a', { ...later, trigger: 'manual' }));
  expect(desk.at(900)).toMatchObject([{ silent: false, quiet: false }]);
  desk.happen(exported('b'), exported('b', later));
  expect(desk.at(1_400)).toMatchObject([{ subject: 'b', quiet: false }]);
});

test('kinds that are switched off are not told, also when that is done while they wait', () => {
  const desk = play({ noticesOff: ['batch-processed', 'retention'] });
  desk.happen(
    { kind: 'batch-processed', files: 1, newMessages: 1, sessionIds: [] },
    { kind: 'retention-near', sessions: 1, bytes: 1, firstAt: '2026-11-02T10:00:00.000Z', soonest: [] },
    { kind: 'retention-archived', sessions: 1, bytes: 1, failed: 0 },
    { kind: 'archive-large', bytes: 2, limitBytes: 1 },
    { kind: 'watching-degraded', message: 'm', mend: 'm' },
  );
  desk.set({ settings: { ...blankState.settings, noticesOff: ['archive-large'] } });
  expect(titles(desk.at(400))).toEqual(['Watching Is Limited']);
});

describe('muted', () => {
  const until = (atMs: number): Mute => ({ kind: 'until', at: new Date(startMs + atMs).toISOString() });
  test('one session: the others are told, and it again when its time is over', () => {
    const desk = play();
    desk.mute({ a: until(3_600_000), b: { kind: 'lasting' } });
    desk.happen(exported('a'), exported('b'), exported('c'));
    expect(desk.at(400)).toMatchObject([{ subject: 'c' }]);
    desk.at(3_600_000);
    desk.happen(exported('a'), exported('b'));
    expect(desk.at(3_600_400)).toMatchObject([{ subject: 'a' }]);
  });
  test('all: nothing is told, and nothing of it later', () => {
    const desk = play();
    desk.set({ mute: until(5_000) });
    desk.happen(exported('a'), { kind: 'archive-large', bytes: 2, limitBytes: 1 });
    expect(desk.at(400)).toEqual([]);
    expect(desk.at(6_000)).toEqual([]);
    desk.happen(exported('a'));
    expect(desk.at(6_400)).toMatchObject([{ subject: 'a' }]);
  });
});

test('exports before a deletion are told together, unless their processing failed', () => {
  const desk = play();
  desk.happen(exported('a', { trigger: 'retention' }), exported('b', { trigger: 'retention', processed: false }));
  expect(desk.at(400)).toMatchObject([{ subject: 'b', title: 'Session Export' }]);
});

test('a session that the user looks at is not told of, and is not counted among many', () => {
  const desk = play();
  desk.onView('a');
  desk.happen(exported('a'), exported('b'), exported('c'));
  expect(desk.at(400).map(({ subject }) => subject)).toEqual(['b', 'c']);
});

test('a failure is told of a session that is looked at as well, and a demo tells all', () => {
  const desk = play();
  desk.onView('a');
  desk.happen(failed('a'));
  expect(titles(desk.at(400))).toEqual(['Export Failed']);
  desk.set({ demo: true });
  desk.happen(exported('a'));
  expect(titles(desk.at(20_000))).toEqual(['Auto-Export Complete']);
});

describe('sound', () => {
  const settings: readonly [string, Partial<Settings>, boolean][] = [
    ['as the settings come', {}, false],
    ['switched off', { noticeSound: false }, true],
    ['off for this kind', { noticesSilent: ['threshold-crossed'] }, true],
    ['off for another kind', { noticesSilent: ['exported'] }, false],
    ['in a quiet hour', { quietHours: { from: '09:30', to: '10:30' } }, true],
    ['outside of the quiet hours', { quietHours: { from: '22:00', to: '10:00' } }, false],
  ];
  test.each(settings)('%s', (_name, change, silent) => {
    const desk = play(change);
    desk.happen(crossed('a'));
    expect(desk.at(400)).toMatchObject([{ silent, quiet: false }]);
  });
});
