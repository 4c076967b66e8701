import { describe, expect, it, vi } from 'vitest';
import { openSavedState } from '../../../src/main/engine/saved-state.js';
import { blankMemory } from '../../../src/main/policy/export-policy.js';

const now = () => new Date('2026-11-01T12:00:00.000Z');

function open(content: Record<string, unknown>) {
  const written: Record<string, unknown>[] = [];
  const onWrite = vi.fn();
  const store = {
    path: 'state.json',
    get: (key: string) => content[key],
    set: (record: Record<string, unknown>) => void written.push(structuredClone(record)),
  };
  return { saved: openSavedState({ store, now, onWrite }), written, store, onWrite };
}

describe('openSavedState', () => {
  it('takes nonsense as never written', () => {
    const { saved } = open({ paused: 'perhaps', sessions: 7 });
    expect(saved.paused()).toBe(false);
    expect(saved.memoryOf('s')).toEqual(blankMemory);
  });

  it('writes a memory once, not again when it says the same', () => {
    const { saved, written } = open({});
    const memory = { ...blankMemory, cooldownFrom: '2026-11-01T11:59:00.000Z' };
    saved.remember('s', memory);
    saved.remember('s', { ...memory });
    saved.flush();
    saved.remember('s', { ...memory });
    saved.flush();
    expect(written).toHaveLength(1);
    expect(open(written[0] ?? {}).saved.memoryOf('s')).toMatchObject(memory);
  });

  it('writes once what many sessions bring at a time, within a second', () => {
    vi.useFakeTimers();
    const { saved, written } = open({});
    for (let session = 0; session < 200; session += 1) {
      saved.remember(`s${session}`, { ...blankMemory, cooldownFrom: '2026-11-01T11:59:00.000Z' });
    }
    expect(written).toHaveLength(0);
    vi.advanceTimersByTime(1_000);
    expect(written).toHaveLength(1);
    expect(open(written[0] ?? {}).saved.knows('s199')).toBe(true);
    vi.useRealTimers();
  });

  it('learns a compaction once, in the order of their times, and none without a time', () => {
    const { saved, written } = open({});
    const compaction = (at: string | null) => ({ model: 'claude-opus-4-5', preTokens: 160_000, at });
    saved.learnAutoCompactions([compaction('2026-10-02T00:00:00Z'), compaction(null)]);
    saved.learnAutoCompactions([compaction('2026-10-01T00:00:00Z'), compaction('2026-10-02T00:00:00Z')]);
    saved.flush();
    expect(saved.autoCompactions().map(({ at }) => at)).toEqual(['2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z']);
    expect(open(written[0] ?? {}).saved.autoCompactions()).toEqual(saved.autoCompactions());
  });

  it('forgets a session that was not seen for a quarter and keeps a recent one', () => {
    const entry = (seenAt: string) => ({ ...blankMemory, seenAt });
    const { saved } = open({ sessions: { old: entry('2026-07-01T00:00:00Z'), recent: entry('2026-10-01T00:00:00Z') } });
    expect([saved.knows('old'), saved.knows('recent')]).toEqual([false, true]);
  });

  it('goes on in memory when the disk refuses, says so, and writes all of it when it can', () => {
    const { saved, store, written, onWrite } = open({});
    const { set } = store;
    store.set = () => {
      throw new Error('ENOSPC');
    };
    saved.setPaused(true);
    expect(saved.paused()).toBe(true);
    expect(onWrite).toHaveBeenLastCalledWith(expect.any(Error));
    store.set = set;
    saved.confirmFirstRun();
    expect(written).toEqual([{ paused: true, firstRunConfirmed: true }]);
    expect(onWrite).toHaveBeenLastCalledWith(null);
  });
});
