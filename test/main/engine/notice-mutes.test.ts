import { beforeEach, expect, test } from 'vitest';
import { keepMutes } from '../../../src/main/engine/notice-mutes.js';
import { openSavedState } from '../../../src/main/engine/saved-state.js';

const content: Record<string, unknown> = {};
const store = {
  path: 'state.json',
  get: (key: string) => content[key],
  set: (record: Record<string, unknown>) => void Object.assign(content, structuredClone(record)),
};
let clock = new Date(0);

function mutes() {
  const now = () => clock;
  return keepMutes({ saved: openSavedState({ store, now, onWrite: () => undefined }), now });
}

beforeEach(() => {
  for (const key of Object.keys(content)) delete content[key];
  clock = new Date('2026-11-01T12:00:00.000Z');
});

test('mutes one session until it is let through again, across a restart', () => {
  mutes().set('one', 'lasting');
  clock = new Date('2027-11-01T12:00:00.000Z');
  const again = mutes();
  expect([again.of('one'), again.of('other'), again.ofAll()]).toEqual([{ kind: 'lasting' }, null, null]);
  again.set('one', null);
  expect(mutes().of('one')).toBeNull();
});

test('mutes for an hour, and not a moment longer', () => {
  const here = mutes();
  here.set('one', 'one-hour');
  clock = new Date('2026-11-01T12:59:59.999Z');
  expect(here.of('one')).toEqual({ kind: 'until', at: '2026-11-01T13:00:00.000Z' });
  clock = new Date('2026-11-01T13:00:00.000Z');
  expect(here.of('one')).toBeNull();
});

test('mutes everything until tomorrow morning, local time, also over the end of a month', () => {
  clock = new Date(2026, 10, 30, 23, 50);
  mutes().set(null, 'until-tomorrow');
  expect(mutes().ofAll()).toEqual({ kind: 'until', at: new Date(2026, 11, 1, 8).toISOString() });
  expect(mutes().of('one')).toBeNull();
});

test('gives the same object as long as it holds, so that no view is drawn anew', () => {
  const here = mutes();
  here.set('one', 'one-hour');
  expect(here.of('one')).toBe(here.of('one'));
});

test('keeps the newest 500, and none whose time is over', () => {
  const here = mutes();
  here.set('short', 'one-hour');
  clock = new Date('2026-11-02T12:00:00.000Z');
  for (let index = 0; index < 501; index += 1) here.set(`s${index}`, 'lasting');
  const kept = Object.keys(content['mutes'] as object);
  expect([kept.length, kept.includes('short'), kept.includes('s0'), kept.includes('s500')]).toEqual([
    500,
    false,
    false,
    true,
  ]);
});

test('takes nonsense as no mute', () => {
  content['muteOfAll'] = { kind: 'until', at: 'soon' };
  content['mutes'] = { one: { kind: 'for-ever' } };
  expect([mutes().ofAll(), mutes().of('one')]).toEqual([null, null]);
});
