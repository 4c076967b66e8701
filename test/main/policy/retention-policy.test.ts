import { describe, expect, test } from 'vitest';
import {
  decideRetention,
  deletionMs,
  isNearDeletion,
  type RetentionInput,
} from '../../../src/main/policy/retention-policy.js';

const nowMs = Date.parse('2026-11-01T12:00:00.000Z');
const daysAgo = (days: number) => nowMs - days * 86_400_000;
const at = (ms: number) => new Date(ms).toISOString();

describe('isNearDeletion', () => {
  test.each<[string, number, number, boolean]>([
    ['long before', daysAgo(5), 30, false],
    ['a little more than three days before', daysAgo(26.99), 30, false],
    ['three days before', daysAgo(27), 30, true],
    ['when its time is over', daysAgo(200), 30, true],
    ['with a longer period', daysAgo(200), 365, false],
    ['with a period of two days', daysAgo(0.1), 2, true],
    ['modified in the future', daysAgo(-40), 30, false],
  ])('%s: %s', (_name, modifiedAtMs, period, expected) => {
    expect(isNearDeletion(modifiedAtMs, period, nowMs)).toBe(expected);
  });

  test('a session is deleted a period after it was last written to', () => {
    expect(deletionMs(daysAgo(10), 30)).toBe(daysAgo(-20));
  });
});

describe('decideRetention', () => {
  const input: RetentionInput = {
    sessions: 2,
    archiveBeforeDeletion: false,
    paused: false,
    mayExport: true,
    toldAt: null,
    nowMs,
  };
  test.each<[string, Partial<RetentionInput>, string]>([
    ['nothing is near', { sessions: 0, archiveBeforeDeletion: true }, 'nothing'],
    ['never told', {}, 'tell'],
    ['told a moment ago', { toldAt: at(daysAgo(0)) }, 'nothing'],
    ['told almost a day ago', { toldAt: at(daysAgo(0.99)) }, 'nothing'],
    ['told a day ago', { toldAt: at(daysAgo(1)) }, 'tell'],
    ['told in the future', { toldAt: at(daysAgo(-1)) }, 'tell'],
    ['told at no time', { toldAt: 'yesterday' }, 'tell'],
    ['the user has said so', { archiveBeforeDeletion: true, toldAt: at(daysAgo(0)) }, 'archive'],
    ['the user has said so, but it is paused', { archiveBeforeDeletion: true, paused: true }, 'tell'],
    ['the user has said so, but a daemon exports', { archiveBeforeDeletion: true, mayExport: false }, 'tell'],
  ])('%s: %s', (_name, change, expected) => {
    expect(decideRetention({ ...input, ...change })).toBe(expected);
  });
});
