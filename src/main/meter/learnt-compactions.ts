import { hasOneMillionMark } from '../sessions/one-million-mark.js';
import type { AutoCompaction } from '../sessions/transcript-facts.js';
import type { ClientHints } from '../sessions/client-hints.js';
import { compactsLateByTokens, setCompactionTokens } from './documented-line.js';
import { plainModelName } from './model-name.js';
import { largeWindowTokens, smallWindowTokens } from './window-sizes.js';

/** Automatic compactions by the plain name of their model, the newest first. */
export type LearntCompactions = ReadonlyMap<string, readonly AutoCompaction[]>;

/** No compaction. */
export const noneLearnt: LearntCompactions = new Map();

/** More than the newest of a model and window tell nothing more. */
const keptOfEach = 10;

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

/**
 * The automatic compactions of many transcripts, told in any order, as they are looked up for each session: every one
 * once, and of each model the newest 10 with the `[1m]` mark and without. Work grows with all of them: make it anew when
 * there is a new one, not for each look.
 */
export function groupLearnt(compactions: readonly AutoCompaction[]): LearntCompactions {
  const byModel = new Map<string, AutoCompaction[]>();
  const counts = new Map<string, number>();
  for (const compaction of newestFirst(compactions)) {
    const model = plainModelName(compaction.model);
    const kind = `${model} ${hasOneMillionMark(compaction.model)}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= keptOfEach) byModel.set(model, [...(byModel.get(model) ?? []), compaction]);
  }
  return byModel;
}

/** Compactions, the newest first; those without a time last. One that a fork or a resumed session has copied counts once. */
export function newestFirst(compactions: readonly AutoCompaction[]): readonly AutoCompaction[] {
  const distinct = new Map(compactions.map((one, index) => [one.at === null ? index : keyOf(one), one]));
  return [...distinct.values()]
    .map((compaction) => ({ compaction, time: timeOf(compaction) }))
    .toSorted((one, other) => other.time - one.time)
    .map(({ compaction }) => compaction);
}

function keyOf({ model, preTokens, at }: AutoCompaction): string {
  return `${at} ${preTokens} ${model}`;
}

function timeOf({ at }: AutoCompaction): number {
  const atMs = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(atMs) ? 0 : atMs;
}
