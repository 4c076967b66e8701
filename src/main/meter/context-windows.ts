import type { WindowSource } from '../../shared/app-state.js';
import { hasOneMillionMark } from '../sessions/one-million-mark.js';
import type { TokenPeak } from '../sessions/token-peaks.js';
import type { ContextEvidence } from './context-evidence.js';
import { newestFirst, shownWindowTokens } from './learnt-compactions.js';
import { listedWindow } from './listed-window.js';
import { isSameModel, plainModelName } from './model-name.js';
import { largeWindowTokens, smallWindowTokens } from './window-sizes.js';

/** Window sizes the user has set, in tokens. */
interface WindowOverrides {
  readonly bySession: Readonly<Record<string, number>>;
  /** By model as the transcript names it, or by its plain name; with `[1m]` for sessions that asked for it. */
  readonly byModel: Readonly<Record<string, number>>;
}

/** What is known of a session's window besides its own lines. */
export interface WindowInputs extends ContextEvidence {
  readonly overrides: WindowOverrides;
}

/** What a session's own lines say of its window. */
export interface WindowQuestion extends WindowInputs {
  readonly sessionId: string;
  readonly model: string | null;
  readonly requestedModel: string | null;
  readonly peaks: readonly TokenPeak[];
  /** Model names with `[1m]` that the session has used. */
  readonly usedOneMillionModels: readonly string[];
}

/** The size of a context window in tokens, and how it is known. */
export interface ContextWindow {
  readonly windowTokens: number;
  readonly windowSource: WindowSource;
}

/**
 * The window of a session, from the first source that knows:
 * 1. `override`: the user's setting for the session, then for the model.
 * 2. `observed`: the session has held more than 200 000 tokens while it asked for this model, so the window is 1 000 000.
 *    Another model's figure says nothing of this one's window, nor does a figure of the same model asked for with `[1m]`
 *    once a line asks for it without.
 * 3. `requested`: a client that is told not to use 1 000 000 uses 200 000, whatever is asked for (2.1.330 shows it so);
 *    else `[1m]` in the newest line's `requestedModel`, or where lines have none (clients before 2.1.330) in what the
 *    session has used, the client's settings and `lastModelUsage`.
 * 4. `learnt`: the newest automatic compaction of this model that tells was at 150 000 to 190 000, so the window is 200 000.
 * 5. `table`: the model's plain name. Models that a provider or gateway may serve with 200 000 are `assumed` under a
 *    provider's name; the size stays that of the table, as in the client's status line.
 * 6. `assumed`: 1 000 000, which is what the client takes for a model it doesn't know.
 */
export function resolveContextWindow(question: WindowQuestion): ContextWindow {
  const { model, hints } = question;
  const override = overrideOf(question);
  if (override !== null) return { windowTokens: override, windowSource: 'override' };
  if (question.peaks.some((peak) => peak.tokens > smallWindowTokens && isOfThisWindow(peak, question))) {
    return { windowTokens: largeWindowTokens, windowSource: 'observed' };
  }
  if (hints.disableOneMillion) return { windowTokens: smallWindowTokens, windowSource: 'requested' };
  if (asksForOneMillion(question)) return { windowTokens: largeWindowTokens, windowSource: 'requested' };
  if (model === null) return { windowTokens: largeWindowTokens, windowSource: 'assumed' };
  if (isLearntSmall(question, model)) return { windowTokens: smallWindowTokens, windowSource: 'learnt' };
  const listed = listedWindow(model);
  return listed ?? { windowTokens: largeWindowTokens, windowSource: 'assumed' };
}

/** A peak without a model comes from before the file's first answer: it is held to be of the model that answered then. */
function isOfThisWindow(peak: TokenPeak, { model, requestedModel }: WindowQuestion): boolean {
  if (peak.model === null || model === null) return true;
  if (!isSameModel(peak.model, model)) return false;
  const isMarked = peak.requestedModel !== null && hasOneMillionMark(peak.requestedModel);
  return !isMarked || requestedModel === null || hasOneMillionMark(requestedModel);
}

function overrideOf({ overrides, sessionId, model, requestedModel }: WindowQuestion): number | null {
  const names = [requestedModel, model, model === null ? null : plainModelName(model)];
  const byModel = names.map((name) => (name === null ? null : positive(overrides.byModel, name)));
  return positive(overrides.bySession, sessionId) ?? byModel.find((tokens) => tokens !== null) ?? null;
}

function positive(table: Readonly<Record<string, number>>, key: string): number | null {
  const tokens = Object.hasOwn(table, key) ? table[key] : undefined;
  return tokens !== undefined && Number.isFinite(tokens) && tokens > 0 ? tokens : null;
}

/** The newest line's own `requestedModel` says it either way; the other signs are asked only for lines of older clients, which have none. */
function asksForOneMillion({ model, requestedModel, usedOneMillionModels, hints }: WindowQuestion): boolean {
  if (requestedModel !== null) return hasOneMillionMark(requestedModel);
  if (model === null) return false;
  return [...usedOneMillionModels, ...hints.oneMillionModels].some(
    (hint) => hasOneMillionMark(hint) && namesModel(plainModelName(hint), plainModelName(model)),
  );
}

/** Settings may name a family (`opus`) where transcripts name the model. */
function namesModel(hint: string, model: string): boolean {
  return hint === model || (/^[a-z]+$/.test(hint) && model.startsWith(`claude-${hint}-`));
}

function isLearntSmall({ learnt, hints }: WindowQuestion, model: string): boolean {
  const windows = newestFirst(learnt)
    .filter((compaction) => isSameModel(compaction.model, model) && !hasOneMillionMark(compaction.model))
    .map((compaction) => shownWindowTokens(compaction, hints));
  return windows.find((tokens) => tokens !== null) === smallWindowTokens;
}
