import { describe, expect, it, test } from 'vitest';
import {
  blankMemory,
  decideExport,
  followEpisode,
  rememberExport,
  rememberFailure,
  type PolicyInput,
  type PolicyMemory,
} from '../../../src/main/policy/export-policy.js';

const nowMs = Date.parse('2026-11-01T12:00:00.000Z');
const settings = { thresholdPercent: 75, maxPercent: 95, cooldownMinutes: 10, idleExportMinutes: 0 };

function input(change: Partial<PolicyInput>): PolicyInput {
  return {
    measuredPercent: 80,
    compacted: false,
    somethingNew: true,
    paused: false,
    live: true,
    quietSince: minutesAgo(0),
    settings,
    memory: { ...blankMemory, episode: { exported: false, late: false } },
    nowMs,
    ...change,
  };
}

function minutesAgo(minutes: number): string {
  return new Date(nowMs - minutes * 60_000).toISOString();
}

function memory(change: Partial<PolicyMemory>): PolicyMemory {
  return { ...blankMemory, episode: { exported: true, late: false }, compactions: 0, ...change };
}

describe('decideExport', () => {
  test.each<[string, Partial<PolicyInput>, string]>([
    ['below the threshold', { measuredPercent: 74.999 }, 'below-threshold'],
    ['at the threshold', { measuredPercent: 75 }, 'export'],
    ['at the maximum', { measuredPercent: 95 }, 'export'],
    ['above the maximum, nothing exported in the episode', { measuredPercent: 95.01 }, 'export late'],
    ['far above, first look', { measuredPercent: 130 }, 'export late'],
    ['above the maximum after an export', { measuredPercent: 96, memory: memory({}) }, 'above-max'],
    [
      'back in the band after a late export',
      { measuredPercent: 90, memory: memory({ episode: { exported: true, late: true } }) },
      'above-max',
    ],
    ['without a measured reading', { measuredPercent: null }, 'no-reading'],
    ['nothing new', { somethingNew: false }, 'nothing-new'],
    ['paused', { paused: true }, 'paused'],
    ['paused at a compaction', { paused: true, compacted: true }, 'paused'],
    ['in cooldown', { memory: memory({ cooldownFrom: minutesAgo(9.99) }) }, 'cooldown'],
    ['cooldown over', { memory: memory({ cooldownFrom: minutesAgo(10) }) }, 'export'],
    [
      'cooldown of 0',
      { settings: { ...settings, cooldownMinutes: 0 }, memory: memory({ cooldownFrom: minutesAgo(0) }) },
      'export',
    ],
    ['a stamp in the future', { memory: memory({ cooldownFrom: minutesAgo(-60) }) }, 'export'],
    ['a stamp that is no time', { memory: memory({ cooldownFrom: 'yesterday' }) }, 'export'],
    [
      'late whatever the cooldown says',
      {
        measuredPercent: 99,
        memory: memory({ episode: { exported: false, late: false }, cooldownFrom: minutesAgo(1) }),
      },
      'export late',
    ],
    ['a compaction', { measuredPercent: null, compacted: true }, 'export compaction'],
    [
      'a compaction in cooldown',
      { compacted: true, memory: memory({ cooldownFrom: minutesAgo(1) }) },
      'export compaction',
    ],
    ['a compaction with nothing new', { measuredPercent: null, compacted: true, somethingNew: false }, 'no-reading'],
  ])('%s', (_name, change, expected) => {
    const decision = decideExport(input(change));
    const words =
      decision.kind === 'wait'
        ? decision.reason.kind
        : ['export', decision.trigger === 'compaction' ? 'compaction' : '', decision.late ? 'late' : '']
            .filter(Boolean)
            .join(' ');
    expect(words).toBe(expected);
  });

  it('says until when the cooldown lasts', () => {
    const decision = decideExport(input({ memory: memory({ cooldownFrom: minutesAgo(4) }) }));
    expect(decision).toEqual({ kind: 'wait', reason: { kind: 'cooldown', untilMs: nowMs + 6 * 60_000 } });
  });

  it('names the first export of an episode', () => {
    expect(decideExport(input({}))).toMatchObject({ firstOfEpisode: true });
    expect(decideExport(input({ memory: memory({ cooldownFrom: minutesAgo(11) }) }))).toMatchObject({
      firstOfEpisode: false,
    });
  });

  it('waits longer after each failure, and at most ten minutes', () => {
    const pauses = [1, 2, 3, 20].map((count) => {
      const failures = { count, lastAt: new Date(nowMs).toISOString(), cause: 'full disk' };
      const decision = decideExport(input({ memory: memory({ failures }) }));
      return decision.kind === 'wait' && decision.reason.kind === 'backing-off'
        ? decision.reason.untilMs - nowMs
        : null;
    });
    expect(pauses).toEqual([10_000, 20_000, 40_000, 600_000]);
  });

  it('does not let one late export become a second in the same episode', () => {
    const first = decideExport(input({ measuredPercent: 97 }));
    if (first.kind !== 'export') throw new Error('expected an export');
    const running = { ...blankMemory, episode: { exported: false, late: false } };
    const after = rememberExport(running, first, new Date(nowMs).toISOString(), minutesAgo(0));
    const laterMs = nowMs + 3_600_000;
    expect(decideExport(input({ measuredPercent: 98, memory: after, nowMs: laterMs })).kind).toBe('wait');
    const { memory: ended } = followEpisode({ measuredPercent: 40, compacted: false, settings, memory: after });
    const { memory: again } = followEpisode({ measuredPercent: 97, compacted: false, settings, memory: ended });
    expect(decideExport(input({ measuredPercent: 97, memory: again, nowMs: laterMs }))).toMatchObject({ late: true });
  });
});

describe('followEpisode', () => {
  const inEpisode: PolicyMemory = memory({});
  test.each<[string, Parameters<typeof followEpisode>[0], { inEpisode: boolean; crossed: boolean }]>([
    [
      'starts at the threshold',
      { measuredPercent: 75, compacted: false, settings, memory: blankMemory },
      { inEpisode: true, crossed: true },
    ],
    [
      'does not start below',
      { measuredPercent: 74.9, compacted: false, settings, memory: blankMemory },
      { inEpisode: false, crossed: false },
    ],
    [
      'goes on just below',
      { measuredPercent: 70, compacted: false, settings, memory: inEpisode },
      { inEpisode: true, crossed: false },
    ],
    [
      'ends below threshold − 5',
      { measuredPercent: 69.9, compacted: false, settings, memory: inEpisode },
      { inEpisode: false, crossed: false },
    ],
    [
      'ends with a compaction',
      { measuredPercent: null, compacted: true, settings, memory: inEpisode },
      { inEpisode: false, crossed: false },
    ],
    [
      'goes on without a reading',
      { measuredPercent: null, compacted: false, settings, memory: inEpisode },
      { inEpisode: true, crossed: false },
    ],
    [
      'starts anew right after a compaction',
      { measuredPercent: 80, compacted: true, settings, memory: inEpisode },
      { inEpisode: true, crossed: true },
    ],
  ])('%s', (_name, look, expected) => {
    const { memory: after, crossed } = followEpisode(look);
    expect({ inEpisode: after.episode !== null, crossed }).toEqual(expected);
  });
});

describe('a session that went quiet', () => {
  const quiet: Partial<PolicyInput> = {
    measuredPercent: 20,
    quietSince: minutesAgo(15),
    settings: { ...settings, idleExportMinutes: 15 },
    memory: blankMemory,
  };

  test.each<[string, Partial<PolicyInput>, string]>([
    ['is exported once it was quiet for long enough', {}, 'idle'],
    ['is exported although it is not live any more', { live: false }, 'idle'],
    ['is exported without a reading', { measuredPercent: null }, 'idle'],
    ['is not exported a moment too early', { quietSince: minutesAgo(14.99) }, 'below-threshold'],
    ['is not exported as shipped', { settings }, 'below-threshold'],
    [
      'is not exported twice in a stretch',
      { memory: { ...blankMemory, idleExportOf: minutesAgo(15) } },
      'below-threshold',
    ],
    ['is exported again in a later stretch', { memory: { ...blankMemory, idleExportOf: minutesAgo(99) } }, 'idle'],
    ['is not exported with nothing new', { somethingNew: false }, 'nothing-new'],
    ['is not exported while paused', { paused: true }, 'paused'],
    ['is not exported by a stamp in the future', { quietSince: minutesAgo(-15) }, 'below-threshold'],
    ['is exported for its fill first', { measuredPercent: 80 }, 'threshold'],
    [
      'is exported in the cooldown, which is for its fill',
      { measuredPercent: 80, memory: memory({ cooldownFrom: minutesAgo(1) }) },
      'idle',
    ],
    [
      'waits after a failure',
      { memory: { ...blankMemory, failures: { count: 1, lastAt: minutesAgo(0.1), cause: 'x' } } },
      'backing-off',
    ],
  ])('%s', (_name, change, expected) => {
    const decision = decideExport(input({ ...quiet, ...change }));
    expect(decision.kind === 'export' ? decision.trigger : decision.reason.kind).toBe(expected);
  });

  it('and is not live gets no export for its fill, but for one that is owed', () => {
    expect(decideExport(input({ live: false }))).toEqual({ kind: 'wait', reason: { kind: 'not-live' } });
    const failures = { count: 1, lastAt: minutesAgo(5), cause: 'full disk' };
    expect(decideExport(input({ live: false, memory: memory({ failures }) }))).toMatchObject({ trigger: 'threshold' });
  });

  it('neither starts nor ends a cooldown or an episode by its export, and remembers its stretch', () => {
    const idle = { kind: 'export', trigger: 'idle', late: false, firstOfEpisode: true } as const;
    const before = memory({ cooldownFrom: minutesAgo(3), failures: { count: 1, lastAt: minutesAgo(9), cause: 'x' } });
    expect(rememberExport(before, idle, minutesAgo(0), minutesAgo(20))).toEqual({
      ...before,
      failures: null,
      idleExportOf: minutesAgo(20),
    });
  });
});

describe('what is remembered', () => {
  const at = new Date(nowMs).toISOString();
  it('starts the cooldown with a threshold export only', () => {
    const threshold = { kind: 'export', trigger: 'threshold', late: false, firstOfEpisode: true } as const;
    const compaction = { kind: 'export', trigger: 'compaction', late: false, firstOfEpisode: true } as const;
    expect(rememberExport(blankMemory, threshold, at, at).cooldownFrom).toBe(at);
    // A compaction has ended the episode while the export was written.
    expect(rememberExport(blankMemory, threshold, at, at).episode).toBeNull();
    expect(rememberExport(blankMemory, compaction, at, at).cooldownFrom).toBeNull();
  });
  it('counts failures in a row and forgets them at a success', () => {
    const twice = rememberFailure(rememberFailure(blankMemory, 'full disk', at), 'full disk', at);
    expect(twice.failures?.count).toBe(2);
    const success = { kind: 'export', trigger: 'compaction', late: false, firstOfEpisode: true } as const;
    expect(rememberExport(twice, success, at, at).failures).toBeNull();
  });
});
