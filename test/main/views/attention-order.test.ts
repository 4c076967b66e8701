import { expect, test } from 'vitest';
import type { SessionState } from '../../../src/shared/app-state.js';
import { sortByAttention } from '../../../src/main/views/attention-order.js';
import { someSession } from '../../support/blank-state.js';

const client = (status: string | null) => ({ pid: 1, status, waitingFor: null });
const line = (tokens: number | null) => ({ tokens, percent: null, source: 'rule' as const, learntFrom: 0 });
const idle = { live: false, state: 'idle' as const };

/** In the order that is wanted; the id is what each stands for. */
const wanted: readonly Partial<SessionState>[] = [
  { id: 'waits, near', client: client('waiting'), percent: 70 },
  { id: 'waits, far', client: client('waiting'), percent: 5 },
  { id: 'beyond its line', usedTokens: 168_000, compactionLine: line(167_000), percent: 84 },
  { id: 'nearest to its line', usedTokens: 160_000, compactionLine: line(167_000), percent: 80 },
  { id: 'fuller, its line far', usedTokens: 850_000, compactionLine: line(967_000), percent: 85 },
  { id: 'no compaction', usedTokens: 160_000, compactionLine: line(null), percent: 80 },
  { id: 'its turn is over', client: client('idle'), percent: 50 },
  { id: 'new, as full', percent: 40, lastActivityAt: '2026-11-01T10:00:02.000Z' },
  { id: 'old, as full', percent: 40, lastActivityAt: '2026-11-01T10:00:01.000Z' },
  { id: 'unknown', usedTokens: null, percent: null },
  { id: 'idle, new', ...idle, percent: 1, lastActivityAt: '2026-11-01T09:00:00.000Z' },
  {
    id: 'idle, old, full',
    ...idle,
    percent: 99,
    client: client('waiting'),
    lastActivityAt: '2026-11-01T08:00:00.000Z',
  },
  { id: 'idle, same time', ...idle, percent: 99, lastActivityAt: '2026-11-01T08:00:00.000Z' },
  { id: 'idle, no time', ...idle, lastActivityAt: null },
];

test('waiting, nearest to compaction, idle: whatever the order given', () => {
  const sessions = wanted.map((session): SessionState => ({ ...someSession, ...session }));
  const ids = sessions.map(({ id }) => id);
  for (let turn = 0; turn < sessions.length; turn += 1) {
    const given = [...sessions.slice(turn), ...sessions.slice(0, turn)];
    expect(sortByAttention(given).map(({ id }) => id)).toEqual(ids);
    expect(sortByAttention(given.toReversed()).map(({ id }) => id)).toEqual(ids);
  }
});
