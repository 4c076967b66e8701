import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  chainOf,
  formatManifest,
  parseManifest,
  type SegmentManifest,
} from '../../../src/main/export/segment-manifest.js';
import { sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import type { SidecarEntry } from '../../../src/main/export/sidecar-entry.js';
import { isSidecarPath, sidecarTarget } from '../../../src/main/export/sidecar-path.js';
import { sessionId } from './export-fixture.js';

const hash = 'a'.repeat(64);

function entry(change: Partial<SidecarEntry> = {}): SidecarEntry {
  return {
    path: `${sessionId}/subagents/agent-a1.jsonl`,
    file: '0001-agent-a1.jsonl',
    kind: 'lines',
    range: { start: 0, end: 10 },
    sha256: hash,
    chain: chainOf('', hash),
    generation: 0,
    source: { inode: '1', sizeBytes: 10, modifiedNs: '1' },
    tail: { bytes: 10, sha256: hash },
    ...change,
  };
}

function manifest(change: Partial<SegmentManifest> = {}): SegmentManifest {
  return {
    formatVersion: 1,
    sessionId,
    sourcePath: '/w/x.jsonl',
    sourceInode: '1',
    range: { start: 5, end: 10 },
    sha256: hash,
    chain: hash,
    generation: 0,
    baseSegment: null,
    percent: null,
    usedTokens: null,
    windowTokens: null,
    model: null,
    trigger: 'manual',
    late: false,
    messages: 0,
    exportedAt: '2026-11-01T10:00:00.000Z',
    times: { firstEntryAt: null, lastEntryAt: null, sourceModifiedAt: null },
    appVersion: '0.1.0',
    tail: { bytes: 5, sha256: hash },
    recovered: false,
    ...change,
  };
}

const reread = (value: unknown) => parseManifest(formatManifest(value as SegmentManifest));

describe('a manifest', () => {
  it('lists sidecars, and is read without any as older versions wrote it', () => {
    expect(reread(manifest())?.sidecars).toBeUndefined();
    expect(reread(manifest({ sidecars: [entry()] }))?.sidecars).toEqual([entry()]);
  });

  it('holds no byte of the session file only where a sidecar is new', () => {
    const range = { start: 10, end: 10 };
    expect(reread(manifest({ range }))).toBeNull();
    expect(reread(manifest({ range, sidecars: [] }))).toBeNull();
    expect(reread(manifest({ range, sidecars: [entry()] }))?.range).toEqual(range);
    expect(reread(manifest({ range: { start: 10, end: 9 }, sidecars: [entry()] }))).toBeNull();
  });

  it.each([
    ['a path that leads out', { path: `${sessionId}/../../x` }],
    ['an absolute path', { path: '/etc/passwd' }],
    ['a path of another session', { path: '0a1b2c3d-1111-4222-8333-444455556667/subagents/agent-a.jsonl' }],
    ['another file beside the session', { path: 'settings.json' }],
    ['a piece in another folder', { file: '../0001-x.jsonl' }],
    ['a hidden piece', { file: '0001-.x' }],
    ['a range that runs backwards', { range: { start: 3, end: 2 } }],
  ])('is damaged with %s', (_, change) => {
    expect(reread(manifest({ sidecars: [entry(change)] }))).toBeNull();
  });
});

describe('isSidecarPath', () => {
  it.each([
    [`${sessionId}/subagents/agent-a1.jsonl`, true],
    [`${sessionId}/subagents/workflows/w1/agent-a1.meta.json`, true],
    [`${sessionId}/tool-results/odd name\\with:all.txt`, true],
    ['agent-a1.jsonl', true],
    ['agent-a1.txt', false],
    ['', false],
    [`${sessionId}/`, false],
    [`${sessionId}//x`, false],
    [`${sessionId}/./x`, false],
    [`${sessionId}/x\0y`, false],
  ])('%j: %s', (text, expected) => {
    expect(isSidecarPath(text)).toBe(expected);
  });
});

describe('sidecarTarget', () => {
  it('puts a sidecar below the folder of its session file, and nowhere else', () => {
    const folder = path.resolve('/projects/-w');
    expect(sidecarTarget(folder, `${sessionId}/tool-results/a.txt`)).toBe(
      path.join(folder, sessionId, 'tool-results', 'a.txt'),
    );
    for (const hostile of ['../x', `${sessionId}/../../x`, '/etc/passwd', `${sessionId}/..`]) {
      expect(() => sidecarTarget(folder, hostile)).toThrow('no such file name');
    }
  });
});

it('names the folder of the sidecars after the segment', () => {
  expect(sidecarsNameOf('2026-11-01-101507-0a1b2c3d-76pct-2.jsonl')).toBe(
    '2026-11-01-101507-0a1b2c3d-76pct-2.sidecars',
  );
});
