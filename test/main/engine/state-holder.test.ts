import { describe, expect, it, vi } from 'vitest';
import { holdState } from '../../../src/main/engine/state-holder.js';
import { blankState } from '../../support/blank-state.js';

const { revision: _revision, ...blank } = blankState;

describe('holdState', () => {
  it('drops a state that says the same in other objects', () => {
    const holder = holdState(blank);
    const listener = vi.fn();
    holder.subscribe(listener);
    holder.publish(structuredClone(blank));
    expect(listener).not.toHaveBeenCalled();
    expect(holder.state().revision).toBe(1);
  });

  it('raises the revision by one with every change, and no more after the undo', () => {
    const holder = holdState(blank);
    const seen: number[] = [];
    const undo = holder.subscribe((state) => seen.push(state.revision));
    holder.publish({ ...blank, paused: true });
    holder.publish({ ...blank, paused: false });
    undo();
    holder.publish({ ...blank, paused: true });
    expect(seen).toEqual([2, 3]);
    expect(holder.state()).toMatchObject({ revision: 4, paused: true });
  });
});
