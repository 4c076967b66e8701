import type { AppState, Problem, SessionState } from '../../src/shared/app-state.js';
import { defaultSettings } from '../../src/shared/default-settings.js';

/** A state with nothing in it, to build others from. */
export const blankState: AppState = {
  revision: 1,
  sessions: [],
  pendingExports: [],
  pendingTotal: 0,
  setAside: [],
  archive: { bytes: null, sessions: null, largest: [], bytesBySession: {} },
  jobs: [],
  settings: defaultSettings,
  problems: [],
  heldByFlag: [],
  roots: [],
  nearDeletion: null,
  paused: false,
  mute: null,
  mode: 'exporting',
  demo: false,
  firstRun: false,
  events: [],
  recent: [],
  scripts: { exporter: 'missing', extractor: 'missing' },
  places: {
    contextStorage: '/storage',
    exportsPending: '/storage/exports-pending',
    exportsArchive: '/storage/exports-archive',
    logFile: '/logs/context-watcher.log',
    settingsFile: '/config/settings.json',
  },
  appVersion: '0.0.0',
};

/** A live session at 76 % of 200 000 tokens, to build others from. */
export const someSession: SessionState = {
  id: '11111111-2222-4333-8444-555555555555',
  path: '/claude/projects/-w-api-server/11111111-2222-4333-8444-555555555555.jsonl',
  project: 'api-server',
  cwd: '/w/api-server',
  title: 'Fix the flaky login tests',
  gitBranch: 'main',
  clientVersion: '2.1.330',
  model: 'claude-opus-4-6',
  requestedModel: null,
  usedTokens: 152_000,
  promptTokens: 151_880,
  windowTokens: 200_000,
  windowSource: 'table',
  percent: 76,
  estimated: false,
  state: 'live',
  live: true,
  client: null,
  compactionLine: null,
  forecast: null,
  complete: true,
  compactions: 0,
  readAt: '2026-11-01T10:00:00.000Z',
  lastActivityAt: '2026-11-01T10:00:01.000Z',
  transcriptBytes: 298_032,
  exportedBytes: 0,
  unexportedMessages: 12,
  justCompacted: null,
  lastExport: null,
  exporting: false,
  badLines: 0,
  exportBand: { from: 75, to: 95, isOwn: false },
  history: null,
  mute: null,
  dismissed: false,
};

/** A session as `someSession`, with changes. */
export const aSession = (more: Partial<SessionState>): SessionState => ({ ...someSession, ...more });

/** A state with these sessions, blank but for what is changed. */
export const aState = (sessions: readonly SessionState[], more: Partial<AppState> = {}): AppState => ({
  ...blankState,
  sessions,
  ...more,
});

/** A problem with this code. */
export const aProblem = (code: string): Problem => ({
  code,
  message: 'm',
  mend: 'm',
  sessionId: null,
  since: '2026-11-01T10:00:00.000Z',
});
