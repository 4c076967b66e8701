import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errorCode, storageError } from './storage-error.js';
import { isSessionId } from './segment-name.js';
import { sidecarSchema } from './sidecar-entry.js';
import { sidecarOwner } from './sidecar-path.js';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const offset = z.number().int().nonnegative();
const figure = z.number().nonnegative().nullable();
const segmentFileName = z.string().regex(/^[^/\\]+\.jsonl$/);

/** Newer versions add fields and keep these; a field that isn't known is kept. */
const manifestFields = z.looseObject({
  formatVersion: z.number().int().min(1),
  sessionId: z.string().refine(isSessionId),
  sourcePath: z.string(),
  /** Decimal: it may be larger than a number can hold. */
  sourceInode: z.string(),
  /** Bytes of the source, `end` not included; empty where only sidecars are new. */
  range: z.object({ start: offset, end: offset }),
  /** Of the segment's bytes. */
  sha256: sha256Hex,
  /** See `chainOf`. */
  chain: sha256Hex,
  /** Grows by one each time the source was found cut or rewritten. */
  generation: z.number().int().nonnegative(),
  /** The segment that the first one of this generation continues; null where the generation starts at byte 0. */
  baseSegment: segmentFileName.nullable(),
  percent: figure,
  usedTokens: figure,
  windowTokens: figure,
  model: z.string().nullable(),
  trigger: z.enum(['threshold', 'compaction', 'idle', 'retention', 'manual']),
  late: z.boolean(),
  /** Distinct messages in the segment. */
  messages: z.number().int().nonnegative(),
  exportedAt: z.iso.datetime(),
  times: z.object({
    /** Timestamps of the first and last entry that carry one, in file order. */
    firstEntryAt: z.string().nullable(),
    lastEntryAt: z.string().nullable(),
    sourceModifiedAt: z.string().nullable(),
  }),
  appVersion: z.string(),
  /** The last bytes of the source before `range.end`, at most 64 KB (32 KB in what this version writes): what tells a rewritten source from a grown one. */
  tail: z.object({ bytes: offset, sha256: sha256Hex }),
  /** True where the manifest was written after a crash, without knowing what had triggered the export. */
  recovered: z.boolean(),
  /** What is new beside the session file, kept in `sidecarsNameOf(segment)`; absent where nothing was looked for. */
  sidecars: z.array(sidecarSchema).readonly().optional(),
});

const manifestSchema = manifestFields
  .refine(({ range, sidecars }) => range.end > range.start || (range.end === range.start && !!sidecars?.length), {
    error: 'the export must hold something',
  })
  .refine(({ sessionId, sidecars }) => (sidecars ?? []).every(({ path }) => isOwn(path, sessionId)), {
    error: 'a sidecar must belong to the session',
  });

/** What commits a segment: where its bytes come from, how they are proven, and what was known of the session then. */
export type SegmentManifest = z.infer<typeof manifestSchema>;

function isOwn(sidecarPath: string, sessionId: string): boolean {
  const owner = sidecarOwner(sidecarPath);
  return owner === null || owner === sessionId;
}

/** The version this app writes. */
export const manifestFormatVersion = 1;

/** How many bytes before an offset are compared to tell a rewritten source: with the manifests that a restart reads, less than 64 KB. */
export const tailBytes = 32 * 1024;

/**
 * Links a segment to all before it: SHA-256 over the text of the previous chain followed by the text of the segment's
 * SHA-256, both as lower-case hex; the previous chain of a segment that starts at byte 0 is the empty text. In a shell:
 * `printf '%s%s' "$previous_chain" "$sha256" | sha256sum`.
 */
export function chainOf(previousChain: string, sha256: string): string {
  return createHash('sha256')
    .update(previousChain + sha256)
    .digest('hex');
}

/** A manifest as the text of its file. */
export function formatManifest(manifest: SegmentManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * Reads a manifest. `missing` when there is no such file, `damaged` when it is no manifest; a file that can't be read
 * throws a `StorageError`, since taking it for missing would export its bytes again.
 */
export async function readManifest(
  file: string,
): Promise<{ kind: 'valid'; manifest: SegmentManifest } | { kind: 'missing' } | { kind: 'damaged' }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { kind: 'missing' };
    if (code === 'EISDIR') return { kind: 'damaged' };
    throw storageError('read a manifest', file, error);
  }
  const manifest = parseManifest(text);
  return manifest ? { kind: 'valid', manifest } : { kind: 'damaged' };
}

/** Reads a manifest's text; null when it is none. */
export function parseManifest(text: string): SegmentManifest | null {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
