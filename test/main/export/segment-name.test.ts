import { describe, expect, it } from 'vitest';
import {
  isSessionId,
  manifestNameOf,
  parseSegmentName,
  segmentName,
  segmentNameOf,
} from '../../../src/main/export/segment-name.js';
import { sessionId } from './export-fixture.js';

const at = new Date('2026-11-01T10:15:07.999Z');

describe('segmentName', () => {
  it.each([
    [76.2, 1, '2026-11-01-101507-0a1b2c3d-76pct.jsonl'],
    [4.4, 1, '2026-11-01-101507-0a1b2c3d-04pct.jsonl'],
    [0, 1, '2026-11-01-101507-0a1b2c3d-00pct.jsonl'],
    [104, 1, '2026-11-01-101507-0a1b2c3d-104pct.jsonl'],
    [null, 1, '2026-11-01-101507-0a1b2c3d-nopct.jsonl'],
    [Number.NaN, 1, '2026-11-01-101507-0a1b2c3d-nopct.jsonl'],
    [75, 2, '2026-11-01-101507-0a1b2c3d-75pct-2.jsonl'],
    [null, 13, '2026-11-01-101507-0a1b2c3d-nopct-13.jsonl'],
  ])('percent %s, attempt %s', (percent, attempt, name) => {
    expect(segmentName({ at, sessionId, percent, attempt })).toBe(name);
    const known = percent === null || Number.isNaN(percent) ? null : Math.round(percent);
    expect(parseSegmentName(name)).toEqual({
      stamp: '2026-11-01-101507',
      sessionIdPrefix: '0a1b2c3d',
      percent: known,
      attempt,
    });
    expect(segmentNameOf(manifestNameOf(name))).toBe(name);
  });

  it('puts the manifest beside the segment', () => {
    expect(manifestNameOf('2026-11-01-101507-0a1b2c3d-76pct.jsonl')).toBe(
      '2026-11-01-101507-0a1b2c3d-76pct.manifest.json',
    );
  });

  it.each([
    'session.jsonl',
    '2026-11-01-101507-0a1b2c3d-76pct.txt',
    '2026-11-01-101507-0a1b2c3d-76pct.jsonl.gz',
    '2026-11-01-101507-0a1b2c3-76pct.jsonl',
    '../2026-11-01-101507-0a1b2c3d-76pct.jsonl',
    '2026-11-01-101507-0a1b2c3d-7pct.jsonl',
    '.2026-11-01-101507-0a1b2c3d-76pct.jsonl',
  ])('does not take %s for ours', (name) => {
    expect(parseSegmentName(name)).toBeNull();
  });

  it.each([
    [sessionId, true],
    ['../../../../etc/passwd', false],
    [`${sessionId}/..`, false],
    ['', false],
  ])('knows a session id: %s', (text, expected) => {
    expect(isSessionId(text)).toBe(expected);
  });
});
