import { expect, test } from 'vitest';
import { shareUnchanged } from '../../src/renderer/share-unchanged.js';
import { idleSession, sampleSession, sampleState } from './sample-state.js';

test('sessions that have not changed stay the same objects, changed and new ones are taken over', () => {
  const before = sampleState({ sessions: [sampleSession(), idleSession()] });
  const copy = structuredClone(sampleState({ revision: 2, sessions: [sampleSession(), idleSession({ percent: 32 })] }));
  const shared = shareUnchanged(before, copy);
  expect(shared.revision).toBe(2);
  expect(shared.sessions[0]).toBe(before.sessions[0]);
  expect(shared.sessions[1]).toBe(copy.sessions[1]);
  expect(shared).toEqual(copy);
});

test('the first state is taken as it is', () => {
  const state = sampleState();
  expect(shareUnchanged(null, state)).toBe(state);
});
