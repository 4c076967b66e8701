import { blankState } from '../support/blank-state.js';
import type {
  AppState,
  CompactionLine,
  Forecast,
  PendingExport,
  Problem,
  RecentHappening,
  SessionHistory,
  SessionState,
} from '../../src/shared/app-state.js';

/** The time at which the sample sessions were looked at. */
export const sampleNowMs = Date.parse('2026-11-22T12:00:00.000Z');

/** A live session at 77.3 % of a million, everything exported; `changes` replace fields. */
export function sampleSession(changes: Partial<SessionState> = {}): SessionState {
  return {
    id: '11111111-aaaa-bbbb-cccc-000000000001',
    path: '/home/me/.claude/projects/api/11111111-aaaa-bbbb-cccc-000000000001.jsonl',
    project: 'api-server',
    cwd: '/home/me/api-server',
    title: 'Fix the flaky auth tests',
    gitBranch: 'main',
    clientVersion: '2.1.330',
    model: 'claude-opus-5-5',
    requestedModel: null,
    usedTokens: 773_000,
    promptTokens: 772_000,
    windowTokens: 1_000_000,
    windowSource: 'table',
    percent: 77.3,
    estimated: false,
    state: 'live',
    live: true,
    client: null,
    compactionLine: null,
    forecast: null,
    complete: true,
    compactions: 0,
    readAt: '2026-11-22T11:59:40.000Z',
    lastActivityAt: '2026-11-22T11:59:40.000Z',
    transcriptBytes: 3_000_000,
    exportedBytes: 3_000_000,
    unexportedMessages: 0,
    justCompacted: null,
    lastExport: {
      name: 'an-export.jsonl',
      at: '2026-11-22T11:50:00.000Z',
      percent: 76,
      trigger: 'threshold',
      messages: 212,
    },
    exporting: false,
    badLines: 0,
    exportBand: { from: 75, to: 95, isOwn: false },
    history: null,
    mute: null,
    dismissed: false,
    ...changes,
  };
}

/** A compaction line at 96.7 % of a million, learnt from 12 compactions; `changes` replace fields. */
export function sampleLine(changes: Partial<CompactionLine> = {}): CompactionLine {
  return { tokens: 967_000, percent: 96.7, source: 'learnt', learntFrom: 12, ...changes };
}

/** A forecast of 6 turns and 14 minutes to the compaction; `changes` replace fields. */
export function sampleForecast(changes: Partial<Forecast> = {}): Forecast {
  return {
    to: 'compaction',
    turnsLeft: 6,
    minutesLeft: 14,
    tokensPerTurn: 31_200,
    tokensPerMinute: 13_900,
    ...changes,
  };
}

/** A session that waits for its user, 6 turns from its compaction; `changes` replace fields. */
export function waitingSession(changes: Partial<SessionState> = {}): SessionState {
  return sampleSession({
    client: { pid: 4711, status: 'waiting', waitingFor: null },
    compactionLine: sampleLine(),
    forecast: sampleForecast(),
    ...changes,
  });
}

/** A session of which nothing can be read yet. */
export function unreadSession(changes: Partial<SessionState> = {}): SessionState {
  return sampleSession({
    id: '22222222-aaaa-bbbb-cccc-000000000002',
    project: 'playground',
    title: null,
    model: null,
    usedTokens: null,
    promptTokens: null,
    windowTokens: null,
    windowSource: null,
    percent: null,
    state: 'unknown',
    exportedBytes: 0,
    unexportedMessages: 2,
    lastExport: null,
    ...changes,
  });
}

/** A session right after a compaction, with an estimate. */
export function compactedSession(changes: Partial<SessionState> = {}): SessionState {
  return sampleSession({
    id: '33333333-aaaa-bbbb-cccc-000000000003',
    project: 'infra',
    title: 'Move the CI runners',
    usedTokens: 41_000,
    percent: 4.1,
    estimated: true,
    state: 'compacted',
    justCompacted: { at: '2026-11-22T11:59:00.000Z', trigger: 'auto', preTokens: 967_000, postTokens: 41_000 },
    ...changes,
  });
}

/** A session that nothing has been written to for two hours. */
export function idleSession(changes: Partial<SessionState> = {}): SessionState {
  return sampleSession({
    id: '44444444-aaaa-bbbb-cccc-000000000004',
    project: 'notes',
    title: 'Summarise the meeting',
    percent: 31,
    usedTokens: 62_000,
    windowTokens: 200_000,
    live: false,
    state: 'idle',
    lastActivityAt: '2026-11-22T10:00:00.000Z',
    unexportedMessages: 14,
    ...changes,
  });
}

/** A pending export that waits; `changes` replace fields. */
export function samplePending(changes: Partial<PendingExport> = {}): PendingExport {
  return {
    name: 'a-pending-export.jsonl',
    sessionId: null,
    percent: 76.4,
    trigger: 'threshold',
    state: 'waiting',
    bytes: 41_200,
    exportedAt: '2026-11-22T11:59:00.000Z',
    attempts: 0,
    problem: null,
    ...changes,
  };
}

/** A session that filled from 12 to 77 % within 45 minutes, with a compaction on the way. */
export const sampleHistory: SessionHistory = {
  from: '2026-11-22T11:15:00.000Z',
  minutes: [0, 15, 20, 45],
  percents: [12, 90, 8, 77],
};

/** An export by threshold, 10 minutes ago; `changes` replace fields. */
export function sampleExport(changes: Partial<Extract<RecentHappening, { kind: 'exported' }>> = {}): RecentHappening {
  return {
    ...whose,
    kind: 'exported',
    at: minutesAgo(10),
    percent: 76.4,
    trigger: 'threshold',
    messages: 212,
    ...changes,
  };
}

/** A compaction 5 minutes ago, 40 s after an export; `changes` replace fields. */
export function sampleCompaction(
  changes: Partial<Extract<RecentHappening, { kind: 'compacted' }>> = {},
): RecentHappening {
  const exportedAt = new Date(Date.parse(minutesAgo(5)) - 40_000).toISOString();
  return {
    ...whose,
    kind: 'compacted',
    at: minutesAgo(5),
    preTokens: 967_000,
    postTokens: 31_000,
    exportedAt,
    ...changes,
  };
}

const whose = { sessionId: 'one', project: 'infra', title: 'Move the CI runners' };

function minutesAgo(minutes: number): string {
  return new Date(sampleNowMs - minutes * 60_000).toISOString();
}

/** A problem; `changes` replace fields. */
export function sampleProblem(changes: Partial<Problem> = {}): Problem {
  return {
    code: 'root-unreadable',
    message: 'The folder cannot be read.',
    mend: 'Allow reading it.',
    sessionId: null,
    since: '2026-11-22T11:00:00.000Z',
    ...changes,
  };
}

/** A state with one live session and default settings; `changes` replace fields. */
export function sampleState(changes: Partial<AppState> = {}): AppState {
  return {
    ...blankState,
    sessions: [sampleSession()],
    roots: [{ path: '/home/me/.claude/projects', source: 'usual', state: 'watching', sessionFiles: 12 }],
    places: {
      contextStorage: '/home/me/context-storage',
      exportsPending: '/home/me/context-storage/exports-pending',
      exportsArchive: '/home/me/context-storage/exports-archive',
      logFile: '/home/me/logs/context-watcher.log',
      settingsFile: '/home/me/settings.json',
    },
    appVersion: '0.1.0',
    ...changes,
  };
}
