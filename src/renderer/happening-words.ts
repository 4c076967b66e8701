import type { RecentHappening } from '../shared/app-state.js';
import { figures } from './figures.js';
import { texts } from './texts.js';

/** An export or a compaction in words. */
interface HappeningWords {
  /** What it was: `exported` or `compacted`. */
  readonly kind: string;
  /** The rest, for where the kind is seen: `at 76%, by threshold, 212 messages`. */
  readonly rest: string;
}

/** Puts an export or a compaction into words, without whose it is. */
export function happeningWords(happening: RecentHappening): HappeningWords {
  const isExport = happening.kind === 'exported';
  const parts = isExport ? exportedParts(happening) : compactedParts(happening);
  return {
    kind: isExport ? texts.recent.exported : texts.recent.compacted,
    rest: parts.filter((part) => part !== null).join(', '),
  };
}

function exportedParts({ percent, trigger, messages }: Extract<RecentHappening, { kind: 'exported' }>) {
  return [
    percent === null ? null : texts.pending.atPercent(figures.percent(percent)),
    texts.pending.triggers[trigger],
    messages === null || messages === 0 ? null : texts.recent.messages(messages),
  ];
}

function compactedParts({ at, preTokens, postTokens, exportedAt }: Extract<RecentHappening, { kind: 'compacted' }>) {
  const before = exportedAt === null ? Number.NaN : Date.parse(at) - Date.parse(exportedAt);
  const [from, to] = [preTokens, postTokens].map((tokens) => (tokens === null ? null : figures.tokens(tokens)));
  return [
    from ? texts.recent.shrunk(from, to ?? null) : null,
    Number.isNaN(before) ? texts.recent.neverExported : texts.recent.exportedBefore(figures.age(before)),
  ];
}
