import type { ArchiveHits } from '../../../src/shared/archive-search.js';
import type { ArchivedSession } from '../../../src/shared/archived-sessions.js';
import type { AppState } from '../../../src/shared/app-state.js';
import {
  compactedSession,
  idleSession,
  sampleCompaction,
  sampleExport,
  sampleHistory,
  samplePending,
  sampleProblem,
  sampleSession,
  sampleState,
  unreadSession,
  waitingSession,
} from '../../renderer/sample-state.js';

const docs = sampleSession({
  id: '55555555-aaaa-bbbb-cccc-000000000005',
  project: 'docs-site',
  title: 'Rewrite the install guide',
  model: 'claude-sonnet-4-5',
  percent: 58.2,
  usedTokens: 116_400,
  windowTokens: 200_000,
  unexportedMessages: 31,
});
const waiting = waitingSession({ history: sampleHistory });

/** Several live sessions: one waits, one was just compacted, one can't be read yet. */
export const severalSessions = sampleState({
  sessions: [waiting, docs, compactedSession(), unreadSession(), idleSession()],
  recent: [sampleExport(), sampleCompaction()],
});

/** The states of the Sessions place, by what they show. */
export const sessionStates = {
  compacted: sampleState({ sessions: [compactedSession()], recent: [sampleCompaction()] }),
  exporting: sampleState({ sessions: [{ ...waiting, exporting: true, unexportedMessages: 12 }, docs] }),
  noneLive: sampleState({ sessions: [idleSession()] }),
  none: sampleState({ sessions: [] }),
  firstRun: sampleState({ firstRun: true, sessions: [] }),
  paused: sampleState({ paused: true, sessions: [waiting, docs] }),
  problems: sampleState({
    sessions: [waiting],
    problems: [sampleProblem({ message: 'The folder /srv/claude cannot be read.', mend: 'Allow reading it.' })],
    roots: [
      { path: '/home/me/.claude/projects', source: 'usual', state: 'watching', sessionFiles: 12 },
      { path: '/srv/claude', source: 'settings', state: 'unreadable', sessionFiles: null },
    ],
  }),
  pending: sampleState({
    sessions: [docs],
    pendingTotal: 2,
    pendingExports: [
      samplePending({ name: '2026-11-22-115900-55555555-76pct.jsonl' }),
      samplePending({
        name: '2026-11-22-115200-11111111-76pct.jsonl',
        state: 'failed',
        attempts: 2,
        problem: 'The archive could not be written: no space left.',
      }),
    ],
    setAside: [{ name: '2026-11-21-180400-44444444-31pct.jsonl', bytes: 48_300, isUnfinished: false }],
  }),
} satisfies Record<string, AppState>;

const archive = { bytes: 8_412_000, sessions: 3, largest: [], bytesBySession: {} };

/** A state in which three sessions are archived. */
export const archiveState = sampleState({ archive });

/** The same while a job runs, and once it has ended. */
export const jobStates = {
  running: sampleState({
    archive,
    jobs: [
      { id: 7, kind: 'verify', sessionId: null, state: 'running', done: 1, total: 3, bytes: 2_400_000, result: null },
    ],
  }),
  ended: sampleState({
    archive,
    jobs: [
      {
        id: 7,
        kind: 'verify',
        sessionId: null,
        state: 'ended',
        done: 3,
        total: 3,
        bytes: 8_412_000,
        result: {
          kind: 'verified',
          sessions: 3,
          segments: 9,
          bytes: 8_412_000,
          troubles: [
            {
              message: 'An export of notes lacks its last 512 bytes.',
              mend: 'Export the session again while it exists.',
            },
          ],
          troublesTotal: 1,
        },
      },
    ],
  }),
} satisfies Record<string, AppState>;

/** What the archive's list holds. */
export const archivedSessions: readonly ArchivedSession[] = [waiting, docs, idleSession()].map(
  ({ id, project, title }, index) => ({
    sessionId: id,
    project,
    title,
    bytes: [5_120_000, 2_870_000, 422_000][index] ?? 0,
    segments: [5, 3, 1][index] ?? 1,
    exportedAt: `2026-11-${22 - index}T10:30:00.000Z`,
  }),
);

/** What a search for "flaky" finds. */
export const found: ArchiveHits = {
  kind: 'found',
  hits: (
    [
      ['user', 'Why is the ', ' login test red one time in ten?'],
      ['assistant', 'Two tests share one clock, so the ', ' one reads the time of the other.'],
      ['tool', 'retry.test.ts: 14 passed, 1 ', ', 0 failed'],
    ] as const
  ).map(([role, before, after], index) => ({
    sessionId: waiting.id,
    uuid: `message-${index}`,
    project: waiting.project,
    title: waiting.title,
    kind: role,
    role,
    agentId: index === 2 ? 'reviewer' : null,
    at: `2026-11-20T10:0${index}:00.000Z`,
    snippet: [
      { text: before, isHit: false },
      { text: 'flaky', isHit: true },
      { text: after, isHit: false },
    ],
    place: { segment: 'a-segment', sidecar: null, offsetBytes: 0, lengthBytes: 1 },
  })),
  total: 3,
  isTotalLeast: false,
  by: 'words',
  isIndexComplete: true,
};

/** What a search that finds nothing answers. */
export const nothingFound: ArchiveHits = { ...found, hits: [], total: 0 };
