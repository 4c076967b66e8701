import type { CompactionLine } from '../../shared/app-state.js';
import type { AutoCompaction } from '../sessions/transcript-facts.js';
import type { ContextEvidence } from './context-evidence.js';
import { compactsLateByTokens, ruleCompactionTokens, setCompactionTokens } from './documented-line.js';
import { newestFirst, shownWindowTokens } from './learnt-compactions.js';
import { listedWindow } from './listed-window.js';
import { isSameModel } from './model-name.js';
import { largeWindowTokens, smallWindowTokens } from './window-sizes.js';

/** A session whose compaction line is asked for. */
export interface LineQuestion extends ContextEvidence {
  readonly model: string | null;
  readonly windowTokens: number;
  /** Null where they aren't measured. */
  readonly usedTokens: number | null;
}

const newestLookedAt = 9;
const newestThatLead = 3;

/**
 * Where the client compacts the session by itself, from the first of these that stands:
 * - Automatic compaction is switched off: no line, from the settings. Compactions from before say nothing against it.
 * - Learnt from the newest automatic compactions of the same model in the same window, also from a single one.
 * - The client's settings: `autoCompactWindow`, the percentage.
 * - The documented rule.
 *
 * What is learnt gives way to a setting that makes the client compact clearly earlier: the setting was made since. The
 * other way round it stands, as the client's own environment may lower what its settings say. Learnt and set lines alike
 * fall where the session is clearly beyond them and was not compacted.
 */
export function resolveCompactionLine(question: LineQuestion): CompactionLine {
  const { windowTokens, hints } = question;
  if (hints.autoCompactOff) return { tokens: null, percent: null, source: 'settings', learntFrom: 0 };
  const lineAt = (tokens: number, source: CompactionLine['source'], learntFrom = 0): CompactionLine => ({
    tokens,
    percent: Math.round((tokens / windowTokens) * 1000) / 10,
    source,
    learntFrom,
  });
  const set = standing(setCompactionTokens(question), question);
  const learnt = learnLine(question);
  if (learnt !== null && standing(learnt.tokens, question) !== null && !isLoweredTo(set, learnt.tokens)) {
    return lineAt(learnt.tokens, 'learnt', learnt.from);
  }
  return set === null ? lineAt(ruleCompactionTokens(question), 'rule') : lineAt(set, 'settings');
}

function standing(tokens: number | null, { usedTokens }: LineQuestion): number | null {
  return tokens !== null && (usedTokens ?? 0) > tokens + compactsLateByTokens ? null : tokens;
}

function isLoweredTo(set: number | null, learnt: number): boolean {
  return set !== null && set < learnt - compactsLateByTokens;
}

/**
 * The client compacts at its line or a little later, never before: so the line is nearer to the lower figures. Of the
 * newest compactions that lie about where the newest three have their middle, the lower quartile: neither a single early
 * or late one nor those from before a changed setting count.
 */
function learnLine(question: LineQuestion): { readonly tokens: number; readonly from: number } | null {
  const newest = newestFirst(question.learnt.filter((compaction) => isOfThisLine(compaction, question))).slice(
    0,
    newestLookedAt,
  );
  const middle = quantile(newest.slice(0, newestThatLead), 1 / 2);
  if (middle === null) return null;
  const near = newest.filter(({ preTokens }) => Math.abs(preTokens - middle) <= compactsLateByTokens);
  const tokens = quantile(near, 1 / 4);
  return tokens === null ? null : { tokens, from: near.length };
}

/** Windows are told apart as small and large, so that a size of the user's own has a class too. */
function isOfThisLine(compaction: AutoCompaction, { model, windowTokens, hints }: LineQuestion): boolean {
  if (model === null || !isSameModel(compaction.model, model)) return false;
  const shown =
    shownWindowTokens(compaction, hints) ?? listedWindow(compaction.model)?.windowTokens ?? largeWindowTokens;
  return shown > smallWindowTokens === windowTokens > smallWindowTokens && compaction.preTokens <= windowTokens;
}

/** Of an even number of figures the lower one. */
function quantile(compactions: readonly AutoCompaction[], part: number): number | null {
  const figures = compactions.map(({ preTokens }) => preTokens).toSorted((one, other) => one - other);
  return figures[Math.floor((figures.length - 1) * part)] ?? null;
}
