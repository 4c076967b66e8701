import { expect, test } from 'vitest';
import { diagnosticsText } from '../../../src/main/views/diagnostics-text.js';
import { settingsKeys } from '../../../src/main/settings/schema.js';
import type { AppState } from '../../../src/shared/app-state.js';
import { blankState, someSession } from '../../support/blank-state.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';

const machine = { platform: 'linux', release: '6.1', arch: 'x64', versions: { electron: '45.4.1', chrome: undefined } };

/** Everything in it that could say something of a person or their work has SECRET in it. */
const full: AppState = {
  ...blankState,
  appVersion: '0.1.0',
  sessions: [
    {
      ...someSession,
      id: 'SECRET-id',
      path: '/home/SECRET/x.jsonl',
      project: 'SECRET',
      cwd: '/home/SECRET',
      title: 'SECRET title',
      gitBranch: 'SECRET',
      model: 'SECRET-model',
    },
    { ...someSession, id: 'SECRET-2', state: 'idle', windowSource: null },
  ],
  pendingExports: [
    {
      name: 'SECRET.jsonl',
      sessionId: 'SECRET-id',
      percent: 76,
      trigger: 'manual',
      state: 'failed',
      bytes: 7,
      exportedAt: null,
      attempts: 2,
      problem: 'SECRET',
    },
  ],
  pendingTotal: 3,
  setAside: [{ name: 'SECRET', bytes: 1, isUnfinished: false }],
  archive: { bytes: 5, sessions: 2, largest: [{ sessionId: 'SECRET', bytes: 5 }], bytesBySession: { SECRET: 5 } },
  problems: [
    {
      code: 'root-unreadable',
      message: 'SECRET',
      mend: 'SECRET',
      sessionId: 'SECRET',
      since: '2026-11-01T00:00:00.000Z',
    },
  ],
  roots: [{ path: '/home/SECRET/.claude/projects', source: 'usual', state: 'watching', sessionFiles: 12 }],
  events: [
    {
      sequence: 1,
      at: '2026-11-01T00:00:00.000Z',
      kind: 'compacted',
      sessionId: 'SECRET',
      project: 'SECRET',
      title: 'SECRET',
      preTokens: 1,
      postTokens: 2,
    },
  ],
  places: {
    contextStorage: '/SECRET',
    exportsPending: '/SECRET',
    exportsArchive: '/SECRET',
    logFile: '/SECRET',
    settingsFile: '/SECRET',
  },
  settings: {
    ...defaultSettings,
    thresholdPercent: 71,
    extraRoots: ['/home/SECRET'],
    contextStorage: '/home/SECRET/storage',
    windowTokensByModel: { 'SECRET-model': 5000 },
    windowTokensBySession: { SECRET: 5000 },
    thresholdPercentBySession: { SECRET: 60 },
    commandAfterExport: ['/home/SECRET/bin/x', 'SECRET'],
  },
};

test('diagnostics hold version, machine, counts, codes and settings, and nothing of anyone', () => {
  const text = diagnosticsText(full, machine);
  expect(text).not.toContain('SECRET');
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'Context Watcher 0.1.0',
      'System: linux 6.1 x64; electron 45.4.1',
      'Mode: exporting',
      'Sessions: 2 (1 live, 1 idle)',
      'Windows from: (1 table, 1 unknown)',
      'Pending: 3 (1 failed); set aside: 1',
      'Archive: 2 sessions, 5 bytes',
      'Events: (1 compacted)',
      '  usual: watching, 12 session files',
      '  root-unreadable since 2026-11-01T00:00:00.000Z',
      '  thresholdPercent: 71',
      '  extraRoots: 1',
      '  contextStorage: chosen',
      '  commandAfterExport: set',
    ]),
  );
});

test('every setting is named, so that a new one is thought of', () => {
  const text = diagnosticsText(blankState, machine);
  expect(settingsKeys.filter((key) => !text.includes(`  ${key}: `))).toEqual([]);
});
