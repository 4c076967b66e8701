import type { AppState, SessionState } from '../../src/shared/app-state.js';
import { shippedSettings } from './shipped-settings.js';

/** A state with nothing in it, to build others from. */
export const blankState: AppState = {
  revision: 1,
  sessions: [],
  pendingExports: [],
  settings: shippedSettings,
  problems: [],
  heldByFlag: [],
  roots: [],
  paused: false,
  mode: 'exporting',
  demo: false,
  firstRun: false,
  events: [],
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
  readAt: '2026-11-01T10:00:00.000Z',
  lastActivityAt: '2026-11-01T10:00:01.000Z',
  transcriptBytes: 298_032,
  exportedBytes: 0,
  unexportedMessages: 12,
  justCompacted: null,
  lastExport: null,
  exporting: false,
  badLines: 0,
};
