import { hasOneMillionMark } from '../sessions/one-million-mark.js';
import type { AutoCompaction } from '../sessions/transcript-facts.js';
import type { ClientHints } from './client-hints.js';
import { compactsLateByTokens, setCompactionTokens } from './documented-line.js';
import { largeWindowTokens, smallWindowTokens } from './window-sizes.js';

/** The client compacts a window of 200 000 at 167 000, earlier or later by a turn. */
const smallWindowCompacts = { fromTokens: 150_000, toTokens: 190_000 };

/**
 * Which window an automatic compaction shows by itself; null where it may have been either. One at 150 000 to 190 000
 * shows the small one, unless the client's settings in force make it compact the large window there too.
 */
export function shownWindowTokens({ model, preTokens }: AutoCompaction, hints: ClientHints): number | null {
  if (hasOneMillionMark(model) || preTokens > smallWindowTokens) return largeWindowTokens;
  if (preTokens < smallWindowCompacts.fromTokens || preTokens > smallWindowCompacts.toTokens) return null;
  const setTokens = setCompactionTokens({ model, windowTokens: largeWindowTokens, hints });
  const isSet = setTokens !== null && Math.abs(preTokens - setTokens) <= compactsLateByTokens;
  return isSet ? null : smallWindowTokens;
}

/** Compactions, the newest first; those without a time last. One that a fork or a resumed session has copied counts once. */
export function newestFirst(compactions: readonly AutoCompaction[]): readonly AutoCompaction[] {
  const distinct = new Map(compactions.map((one, index) => [one.at === null ? index : keyOf(one), one]));
  return [...distinct.values()].toSorted((one, other) => timeOf(other) - timeOf(one));
}

function keyOf({ model, preTokens, at }: AutoCompaction): string {
  return `${at} ${preTokens} ${model}`;
}

function timeOf({ at }: AutoCompaction): number {
  const atMs = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(atMs) ? 0 : atMs;
}
