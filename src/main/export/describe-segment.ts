import type { CopiedLines } from './copy-lines.js';
import { chainOf, manifestFormatVersion, type SegmentManifest } from './segment-manifest.js';
import type { SegmentRequest } from './segment-writer.js';
import type { SidecarEntry } from './sidecar-entry.js';
import { sha256, type SourceCheck } from './source-check.js';

/** The manifest of a segment from what was asked for, found and copied; `facts` are those of the session file. */
export function describeSegment({
  request: { sessionId, sourcePath, reading, trigger, late, appVersion },
  check,
  copied,
  sidecars,
  facts,
  at,
}: {
  readonly request: SegmentRequest;
  readonly check: SourceCheck;
  readonly copied: CopiedLines;
  readonly sidecars: readonly SidecarEntry[];
  readonly facts: { readonly ino: bigint; readonly mtime: Date };
  readonly at: Date;
}): SegmentManifest {
  return {
    formatVersion: manifestFormatVersion,
    sessionId,
    sourcePath,
    sourceInode: String(facts.ino),
    range: { start: check.start, end: copied.end },
    sha256: copied.sha256,
    chain: chainOf(check.chain, copied.sha256),
    generation: check.generation,
    baseSegment: check.baseSegment,
    percent: reading?.percent ?? null,
    usedTokens: reading?.usedTokens ?? null,
    windowTokens: reading?.windowTokens ?? null,
    model: reading?.model ?? null,
    trigger,
    late,
    messages: copied.messages,
    exportedAt: at.toISOString(),
    times: {
      firstEntryAt: copied.firstEntryAt,
      lastEntryAt: copied.lastEntryAt,
      sourceModifiedAt: facts.mtime.toISOString(),
    },
    appVersion,
    tail: { bytes: copied.tail.length, sha256: sha256(copied.tail) },
    recovered: false,
    sidecars,
  };
}
