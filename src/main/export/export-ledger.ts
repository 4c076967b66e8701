import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { LastExport } from '../../shared/app-state.js';
import { folderNames, namesAmongMany } from './folder-names.js';
import { errorCode, storageError } from './storage-error.js';
import { chainOf, readManifest, type SegmentManifest } from './segment-manifest.js';
import { compressedNameOf, isSessionId, parseSegmentName, segmentNameOf, sidecarsNameOf } from './segment-name.js';
import { sidecarPieces, withSidecarsOf, type SidecarLedger } from './sidecar-ledger.js';

/** Where segments lie: fresh ones flat in `exportsPending`, done ones in `exportsArchive/<session id>`. */
export interface ExportFolders {
  readonly exportsPending: string;
  readonly exportsArchive: string;
}

/** A committed segment. */
export interface LedgerSegment {
  readonly name: string;
  readonly manifest: SegmentManifest;
}

/** What is exported of a session already. */
export interface ExportLedger {
  readonly sessionId: string;
  /** In order: joined they are the first `exportedBytes` bytes of the source as it is now. */
  readonly segments: readonly LedgerSegment[];
  readonly exportedBytes: number;
  readonly generation: number;
  /** Of the last segment; the empty text without any. */
  readonly chain: string;
  readonly lastExport: LastExport | null;
  /** Start of the cooldown: the newest export with the trigger `threshold`. */
  readonly lastThresholdExportAt: string | null;
  readonly sidecars: SidecarLedger;
}

/**
 * Reads from the manifests what is exported of a session. Looks at the pending folder and at the session's own archive
 * folder only, so that the cost doesn't grow with other sessions' archives. A manifest counts when its segment is there
 * in full, its sidecars when their folder is there. Throws a `StorageError` where a folder or manifest can't be read.
 */
export async function readExportLedger({
  sessionId,
  exportsPending,
  exportsArchive,
}: ExportFolders & { readonly sessionId: string }): Promise<ExportLedger> {
  if (!isSessionId(sessionId)) throw new RangeError(`Not a session id: ${JSON.stringify(sessionId)}`);
  const archive = path.join(exportsArchive, sessionId);
  const pendingNames = await namesAmongMany(exportsPending, (name) => isOfSession(name, sessionId));
  const archivedNames = await folderNames(archive);
  const archived = new Set(archivedNames);
  const committed = new Map<string, LedgerSegment>();
  for (const [folder, names] of [
    [exportsPending, pendingNames],
    [archive, archivedNames],
  ] as const) {
    for (const manifestName of names) {
      const name = segmentNameOf(manifestName);
      if (name === null || committed.has(name)) continue;
      const read = await readManifest(path.join(folder, manifestName));
      if (read.kind !== 'valid' || read.manifest.sessionId !== sessionId) continue;
      const isThere =
        archived.has(compressedNameOf(name)) || (await isWhole(name, read.manifest, [exportsPending, archive]));
      if (isThere) {
        committed.set(name, { name, manifest: read.manifest });
      }
    }
  }
  const segments = [...committed.values()];
  const present = new Set([...pendingNames, ...archivedNames].map(sidecarsStem));
  const withSidecars = segments.filter(({ name }) => present.has(sidecarsNameOf(name)));
  return ledgerOf(sessionId, lineageOf(segments), segments, sidecarPieces(withSidecars));
}

/** What a folder of sidecars is called, in whatever form it is kept: what follows `.sidecars` doesn't count. */
function sidecarsStem(name: string): string {
  return name.replace(/(\.sidecars)\..*$/, '$1');
}

/** The ledger after one more segment, which continues `segments`. */
export function ledgerWith(
  ledger: ExportLedger,
  segments: readonly LedgerSegment[],
  added: LedgerSegment,
): ExportLedger {
  const next = ledgerOf(ledger.sessionId, [...segments, added], [added], withSidecarsOf(ledger.sidecars, added));
  return { ...next, lastThresholdExportAt: next.lastThresholdExportAt ?? ledger.lastThresholdExportAt };
}

function ledgerOf(
  sessionId: string,
  segments: readonly LedgerSegment[],
  all: readonly LedgerSegment[],
  sidecars: SidecarLedger,
): ExportLedger {
  const last = segments.at(-1);
  const thresholdTimes = all
    .filter(({ manifest }) => manifest.trigger === 'threshold')
    .map(({ manifest }) => manifest.exportedAt);
  return {
    sessionId,
    segments,
    exportedBytes: last?.manifest.range.end ?? 0,
    generation: last?.manifest.generation ?? 0,
    chain: last?.manifest.chain ?? '',
    lastExport: last ? describe(last) : null,
    lastThresholdExportAt: thresholdTimes.toSorted().at(-1) ?? null,
    sidecars,
  };
}

/**
 * The segments that led to the newest one, oldest first: back through its generation, then through the base of that, to
 * byte 0. Where the archive has a hole, what stands after the hole.
 */
export function lineageOf<Segment extends LedgerSegment>(all: readonly Segment[]): readonly Segment[] {
  const sorted = all.toSorted(
    (a, b) =>
      b.manifest.generation - a.manifest.generation ||
      b.manifest.range.end - a.manifest.range.end ||
      a.name.localeCompare(b.name),
  );
  const lineage: Segment[] = [];
  for (let current = newestOf(sorted); current; current = previousOf(current, sorted)) lineage.unshift(current);
  return lineage;
}

/** Of several segments that end at the same byte, since all but one hold sidecars only, the one that no other continues. */
function newestOf<Segment extends LedgerSegment>([first, ...others]: readonly Segment[]): Segment | undefined {
  if (!first) return undefined;
  const { generation, range } = first.manifest;
  const rivals = others.filter(
    ({ manifest }) => manifest.generation === generation && manifest.range.end === range.end,
  );
  if (rivals.length === 0) return first;
  // By their names the last is nearly always the newest, so that it is found at the first look.
  const candidates = [first, ...rivals].toReversed();
  const isContinued = (one: LedgerSegment) => candidates.some((other) => previousOf(other, [one]) !== undefined);
  return candidates.find((one) => !isContinued(one)) ?? first;
}

function previousOf<Segment extends LedgerSegment>(
  { manifest }: Segment,
  all: readonly Segment[],
): Segment | undefined {
  if (manifest.range.start === 0 && manifest.chain === chainOf('', manifest.sha256)) return undefined;
  const leadsHere = (other: LedgerSegment) =>
    other.manifest.range.end === manifest.range.start &&
    chainOf(other.manifest.chain, manifest.sha256) === manifest.chain;
  return (
    all.find((other) => other.manifest.generation === manifest.generation && leadsHere(other)) ??
    all.find((other) => other.name === manifest.baseSegment && leadsHere(other))
  );
}

function describe({ name, manifest }: LedgerSegment): LastExport {
  const { exportedAt, percent, trigger, messages } = manifest;
  return { name, at: exportedAt, percent, trigger, messages };
}

/** Whether a name is that of a manifest, or a folder of sidecars, whose segment begins as those of this session do. */
function isOfSession(name: string, sessionId: string): boolean {
  const segment = name.endsWith('.sidecars') ? name.replace(/\.sidecars$/, '.jsonl') : segmentNameOf(name);
  const prefix = segment === null ? null : parseSegmentName(segment)?.sessionIdPrefix;
  return prefix?.toLowerCase() === sessionId.slice(0, 8).toLowerCase();
}

async function isWhole(name: string, { range }: SegmentManifest, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const file = path.join(folder, name);
    try {
      const facts = await lstat(file);
      if (facts.isFile() && facts.size === range.end - range.start) return true;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw storageError('look at an export', file, error);
    }
  }
  return false;
}
