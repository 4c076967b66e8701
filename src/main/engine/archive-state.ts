import type { ArchiveState } from '../../shared/app-state.js';
import { readKnownSizes, totalsOf, type ArchiveTotals } from '../archive/archive-sizes-file.js';

/** The archive as people see it, with the sizes of the sessions that are listed. */
export function archiveState(
  totals: ArchiveTotals | null,
  listed: readonly string[],
  bytesOf: (sessionId: string) => number | null,
): ArchiveState {
  const known = listed.flatMap((id) => {
    const bytes = bytesOf(id);
    return bytes === null ? [] : [[id, bytes] as const];
  });
  return {
    bytes: totals?.bytes ?? null,
    sessions: totals?.sessions ?? null,
    largest: totals?.largest ?? [],
    bytesBySession: Object.fromEntries(known),
  };
}

/** The same as the last run remembered it, without a look at the archive. */
export async function rememberedArchive(sizesFile: string, listed: readonly string[]): Promise<ArchiveState> {
  const known = await readKnownSizes(sizesFile);
  return archiveState(known && totalsOf(known), listed, (id) => known?.sessions[id]?.bytes ?? null);
}
