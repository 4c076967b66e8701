import { describe, expect, it } from 'vitest';
import { statusText, type RunningStatus } from '../../../src/main/views/status-text.js';
import { blankState, someSession } from '../../support/blank-state.js';

function statusLine(running: RunningStatus): string | undefined {
  return statusText({ running, lastActivity: null, state: null }).split('\n')[2];
}

describe('statusText', () => {
  it.each<[RunningStatus, string]>([
    [{ kind: 'running', pid: 7, answers: true }, 'Status: RUNNING (PID: 7)'],
    [{ kind: 'running', pid: 7, answers: false }, 'Status: RUNNING (PID: 7), but it does not answer'],
    [{ kind: 'stale', pid: 7 }, 'Status: NOT RUNNING (stale PID file: 7)'],
    [{ kind: 'invalid' }, 'Status: UNKNOWN (invalid PID file)'],
    [{ kind: 'not-running' }, 'Status: NOT RUNNING'],
    [{ kind: 'python-daemon', pid: 7 }, 'Status: NOT RUNNING (the Python daemon runs in its place, PID: 7)'],
  ])('says of %j: %s', (running, line) => {
    expect(statusLine(running)).toBe(line);
  });

  it("is the daemon's text where there is nothing more to say", () => {
    expect(statusText({ running: { kind: 'not-running' }, lastActivity: null, state: null })).toBe(
      `CODITECT Context Watcher Status\n${'='.repeat(40)}\nStatus: NOT RUNNING\n\n`,
    );
  });

  it('tells what will be deleted soon', () => {
    const near = { sessions: 2, bytes: 1_500_000, firstAt: '2026-11-03T10:00:00.000Z', archiving: true };
    const of = (nearDeletion: typeof near | null) =>
      statusText({ running: { kind: 'not-running' }, lastActivity: null, state: { ...blankState, nearDeletion } });
    expect(of(near)).toContain(
      '\nDeleted soon: 2 sessions (1.5 MB) not archived, the first on or after 2026-11-03; being archived\n',
    );
    for (const nothing of [null, { ...near, sessions: 0, firstAt: null as unknown as string }]) {
      expect(of(nothing)).not.toContain('Deleted soon');
    }
  });

  it('tells activity, sessions, problems and what holds exports back', () => {
    const problem = { code: 'x', message: 'Disk\nfull.', mend: 'Free some.', sessionId: null, since: '' };
    const state = {
      ...blankState,
      sessions: [someSession],
      problems: [problem],
      roots: [
        { path: '/a', source: 'usual', state: 'watching', sessionFiles: 1 },
        { path: '/b', source: 'settings', state: 'polling', sessionFiles: 20 },
        { path: '/c', source: 'settings', state: 'slow', sessionFiles: null },
      ] as const,
      paused: true,
      mode: 'show-only' as const,
      archive: { ...blankState.archive, bytes: 1_234_000_000, sessions: 1 },
    };
    const lastActivity = { lastCheck: 'T1', percent: 76, lastExport: 'T2', pendingExports: 2 };
    const lines = statusText({ running: { kind: 'running', pid: 7, answers: true }, lastActivity, state }).split('\n');
    expect(lines.slice(2)).toEqual([
      'Status: RUNNING (PID: 7)',
      'Paused: no automatic exports',
      'Show only: the Python daemon does the exporting',
      '',
      'Last Activity:',
      '  Last check: T1',
      '  Context: 76.0%',
      '  Last export: T2',
      '  Pending exports: 2',
      '',
      'Sessions:',
      expect.stringContaining('CONTEXT'),
      expect.stringMatching(/^ +76\.0%.+api-server/),
      '',
      'Archive: 1.2 GB in 1 session',
      '',
      'Folders:',
      '  /a: watching (1 session file)',
      '  /b: read at each sweep (20 session files)',
      '  /c: not answering',
      '',
      'Problems:',
      String.raw`  Disk\nfull. Free some.`,
      '',
      '',
    ]);
  });
});
