/** What a segment's name says. `attempt` is 1 unless the name was taken by others before. */
export interface SegmentNameParts {
  readonly stamp: string;
  readonly sessionIdPrefix: string;
  readonly percent: number | null;
  readonly attempt: number;
}

const pattern = /^(\d{4}-\d{2}-\d{2}-\d{6})-([0-9a-f]{8})-(?:(\d{2,3})pct|nopct)(?:-(\d{1,6}))?\.jsonl$/i;

/**
 * The name of a segment: `<UTC YYYY-MM-DD-HHMMSS>-<first 8 of the session id>-<NN>pct.jsonl`, `nopct` without a reading
 * (percent null). A name that is taken gets `-2`, `-3` … by `attempt`.
 */
export function segmentName({
  at,
  sessionId,
  percent,
  attempt = 1,
}: {
  readonly at: Date;
  readonly sessionId: string;
  readonly percent: number | null;
  readonly attempt?: number;
}): string {
  const stamp = at.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const known = percent !== null && Number.isFinite(percent) && percent >= 0;
  const reading = known ? `${String(Math.min(999, Math.round(percent))).padStart(2, '0')}pct` : 'nopct';
  return `${stamp}-${sessionId.slice(0, 8)}-${reading}${attempt > 1 ? `-${attempt}` : ''}.jsonl`;
}

/** Reads a segment's name; null for a name that is not of our pattern. */
export function parseSegmentName(name: string): SegmentNameParts | null {
  const [, stamp, sessionIdPrefix, percent, attempt] = pattern.exec(name) ?? [];
  if (!stamp || !sessionIdPrefix) return null;
  return { stamp, sessionIdPrefix, percent: percent ? Number(percent) : null, attempt: Number(attempt ?? 1) };
}

/** The second in which a segment was exported, by its name, in milliseconds since 1970; 0 for a stamp that is no time. */
export function exportedAtMs({ stamp }: SegmentNameParts): number {
  const time = stamp.replace(/-(\d{2})(\d{2})(\d{2})$/, 'T$1:$2:$3Z');
  return Date.parse(time) || 0;
}

/** The name of the manifest beside a segment: `.manifest.json` in place of `.jsonl`. */
export function manifestNameOf(segment: string): string {
  return segment.replace(/\.jsonl$/i, manifestEnding);
}

/** The folder beside a segment that holds what is new of the session's sidecars: `.sidecars` in place of `.jsonl`. */
export function sidecarsNameOf(segment: string): string {
  return segment.replace(/\.jsonl$/i, sidecarsEnding);
}

/** The segment that a folder of sidecars stands beside; null for a name that is not one of ours. */
export function segmentOfSidecars(folderName: string): string | null {
  if (!folderName.endsWith(sidecarsEnding)) return null;
  const segment = `${folderName.slice(0, -sidecarsEnding.length)}.jsonl`;
  return parseSegmentName(segment) ? segment : null;
}

/** The segment a manifest belongs to; null for a name that is not a manifest of ours. */
export function segmentNameOf(manifest: string): string | null {
  if (!manifest.endsWith(manifestEnding)) return null;
  const segment = `${manifest.slice(0, -manifestEnding.length)}.jsonl`;
  return parseSegmentName(segment) ? segment : null;
}

/** The name of a segment's compressed form (a brotli stream) beside its manifest. */
export function compressedNameOf(segment: string): string {
  return `${segment}.br`;
}

/** Whether a text is a session's identity, a UUID: what may become the name of a folder. */
export function isSessionId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

const manifestEnding = '.manifest.json';
const sidecarsEnding = '.sidecars';
