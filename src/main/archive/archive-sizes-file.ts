import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errorCode } from '../export/storage-error.js';

const count = z.number().int().nonnegative();

const knownSession = z.object({
  bytes: count,
  segments: count,
  plain: count,
  /** When the newest of its segments was exported, in milliseconds since 1970; null where no name says so. */
  exportedAtMs: z.number().nullable(),
  /** Modification time of its folder when it was measured, in milliseconds; -1 where that proves nothing. */
  modifiedMs: z.number(),
});

const archiveSizesSchema = z.object({
  version: z.literal(2),
  sessions: z.record(z.string(), knownSession),
  loose: z.object({ bytes: count, files: count, modifiedMs: z.number() }),
});

/** What is remembered of the archive's sizes from run to run. Losing it costs one walk over the archive. */
export type KnownSizes = z.infer<typeof archiveSizesSchema>;
/** What is remembered of one session. */
export type KnownSession = z.infer<typeof knownSession>;

/** What is known before the first walk. */
export const nothingKnown: KnownSizes = {
  version: 2,
  sessions: {},
  loose: { bytes: 0, files: 0, modifiedMs: -1 },
};

/** Reads what was remembered; null where there is nothing, or nothing that can be used. */
export async function readKnownSizes(file: string): Promise<KnownSizes | null> {
  try {
    return archiveSizesSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) !== null) return null;
    throw error;
  }
}

/** All of it together. */
export function totalsOf({ sessions, loose }: KnownSizes): ArchiveTotals {
  const all = Object.entries(sessions);
  return {
    bytes: all.reduce((sum, [, { bytes }]) => sum + bytes, loose.bytes),
    sessions: all.length,
    largest: all
      .map(([sessionId, { bytes }]) => ({ sessionId, bytes }))
      .toSorted((one, other) => other.bytes - one.bytes || one.sessionId.localeCompare(other.sessionId))
      .slice(0, mostListed),
  };
}

/** The archive as a whole. */
export interface ArchiveTotals {
  /** On the disk, loose files included. */
  readonly bytes: number;
  readonly sessions: number;
  /** At most ten, the largest first. */
  readonly largest: readonly { readonly sessionId: string; readonly bytes: number }[];
}

const mostListed = 10;
