import type { ClientHints } from '../sessions/client-hints.js';
import { plainModelName } from './model-name.js';

/** What a compaction line is worked out from. */
interface LineQuestion {
  readonly model: string | null;
  readonly windowTokens: number;
}

const marginTokens = 13_000;
const largestReserveTokens = 20_000;
/** Models whose longest answer is shorter than the reserve; all others give more. */
const longestAnswers: readonly (readonly [RegExp, number])[] = [
  [/^claude-3-(?:opus|sonnet|haiku)/, 4096],
  [/^claude-3-5-/, 8192],
];

/** How far above its line a session may be when it is compacted, in tokens: the client looks before each request, and the last answer or a large result may have gone beyond. */
export const compactsLateByTokens = 30_000;

/** Where the client compacts by its documented rule, in used tokens: the window less room for an answer (at most 20 000) less 13 000. */
export function ruleCompactionTokens({ model, windowTokens }: LineQuestion): number {
  return Math.max(0, usableTokens(model, windowTokens) - marginTokens);
}

/**
 * Where the client's settings make it compact, in used tokens; null where they don't move the line. A smaller window is
 * put in place of the real one; a percentage is of the usable window, which is without room for an answer, and only
 * lowers the line. Client 2.1.330 does so: at 50 percent of 200 000 it compacts from 90 000 on, at 99 percent at 167 000.
 */
export function setCompactionTokens({
  model,
  windowTokens,
  hints,
}: LineQuestion & { readonly hints: ClientHints }): number | null {
  const set = positive(setWindowTokens(model, hints));
  const percent = positive(hints.autoCompactPercent);
  if (set === null && percent === null) return null;
  const setWindow = Math.min(windowTokens, set ?? windowTokens);
  const rule = ruleCompactionTokens({ model, windowTokens: setWindow });
  const usable = Math.max(0, usableTokens(model, setWindow));
  const tokens = Math.min(rule, Math.floor((usable * (percent ?? 100)) / 100));
  return tokens < ruleCompactionTokens({ model, windowTokens }) ? tokens : null;
}

/** What is set for the model comes before what is set for all. */
function setWindowTokens(model: string | null, hints: ClientHints): number | null {
  const ofModel = Object.entries(hints.autoCompactWindowByModel).find(
    ([name]) => model !== null && plainModelName(name) === plainModelName(model),
  );
  return ofModel === undefined ? hints.autoCompactWindowTokens : ofModel[1];
}

function usableTokens(model: string | null, windowTokens: number): number {
  const plain = model === null ? '' : plainModelName(model);
  const longestAnswer = longestAnswers.find(([pattern]) => pattern.test(plain))?.[1] ?? largestReserveTokens;
  return windowTokens - Math.min(longestAnswer, largestReserveTokens);
}

function positive(value: number | null): number | null {
  return value !== null && Number.isFinite(value) && value > 0 ? value : null;
}
