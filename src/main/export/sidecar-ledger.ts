import type { LedgerSegment } from './export-ledger.js';
import { chainOf } from './segment-manifest.js';
import type { SidecarEntry } from './sidecar-entry.js';

/** A piece of a sidecar and the segment whose `.sidecars` folder holds it. */
export interface SidecarPiece {
  readonly segment: string;
  readonly entry: SidecarEntry;
}

/** By path: the pieces that, joined in order, are the sidecar as it was last exported. */
export type SidecarLedger = ReadonlyMap<string, readonly SidecarPiece[]>;

/**
 * Joins what manifests say of sidecars: of each the newest piece and those that led to it, back to byte 0. Where the
 * archive has a hole, what stands after the hole. The order of `committed` doesn't matter.
 */
export function sidecarPieces(committed: readonly LedgerSegment[]): SidecarLedger {
  const byPath = new Map<string, SidecarPiece[]>();
  for (const { name, manifest } of committed) {
    for (const entry of manifest.sidecars ?? []) {
      const pieces = byPath.get(entry.path) ?? [];
      pieces.push({ segment: name, entry });
      byPath.set(entry.path, pieces);
    }
  }
  return new Map([...byPath].map(([path, pieces]) => [path, lineageOf(pieces)]));
}

/** The ledger after one more segment. */
export function withSidecarsOf(ledger: SidecarLedger, added: LedgerSegment): SidecarLedger {
  const entries = added.manifest.sidecars ?? [];
  if (entries.length === 0) return ledger;
  const next = new Map(ledger);
  for (const entry of entries) {
    const earlier = next.get(entry.path) ?? [];
    next.set(entry.path, lineageOf([...earlier, { segment: added.name, entry }]));
  }
  return next;
}

function lineageOf(pieces: readonly SidecarPiece[]): readonly SidecarPiece[] {
  const newestFirst = pieces.toSorted(
    ({ entry: one }, { entry: other }) => other.generation - one.generation || other.range.end - one.range.end,
  );
  const lineage: SidecarPiece[] = [];
  for (let current = newestFirst[0]; current; current = previousOf(current, newestFirst)) lineage.unshift(current);
  return lineage;
}

function previousOf({ entry }: SidecarPiece, newestFirst: readonly SidecarPiece[]): SidecarPiece | undefined {
  if (entry.range.start === 0) return undefined;
  return newestFirst.find(
    ({ entry: other }) =>
      other.range.start < other.range.end &&
      other.range.end === entry.range.start &&
      chainOf(other.chain, entry.sha256) === entry.chain,
  );
}
