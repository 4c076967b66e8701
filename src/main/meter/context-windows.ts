import type { WindowSource } from '../../shared/app-state.js';
import { hasOneMillionMark } from '../sessions/one-million-mark.js';
import contextWindows from './context-windows.json' with { type: 'json' };
import { plainModelName } from './model-name.js';

/** Window sizes the user has set, in tokens. */
interface WindowOverrides {
  readonly bySession: Readonly<Record<string, number>>;
  /** By model as the transcript names it, or by its plain name; with `[1m]` for sessions that asked for it. */
  readonly byModel: Readonly<Record<string, number>>;
}

/** What is known of a session's window besides its own lines. */
export interface WindowInputs {
  readonly overrides: WindowOverrides;
  /** Model names with `[1m]` from the client's settings, such as `opus[1m]`. */
  readonly oneMillionHints: readonly string[];
  /** Automatic compactions in all of the user's transcripts, the model as it was asked for. */
  readonly learntAutoCompactions: readonly { readonly model: string; readonly preTokens: number }[];
}

/** What a session's own lines say of its window. */
export interface WindowQuestion extends WindowInputs {
  readonly sessionId: string;
  readonly model: string | null;
  readonly requestedModel: string | null;
  /** The most tokens seen at once in this session. */
  readonly largestTokensSeen: number;
}

/** The size of a context window in tokens, and how it is known. */
export interface ContextWindow {
  readonly windowTokens: number;
  readonly windowSource: WindowSource;
}

const small = 200_000;
const large = 1_000_000;
/** The client compacts a window of 200 000 at 167 000, earlier or later by a turn. */
const smallWindowCompactsAt = { from: 150_000, to: 190_000 };

/** The window of a session, from the first source that knows: the user, what was seen, what was asked for, where the client compacted, the table; else 1 000 000, which is what the client takes for a model it doesn't know. */
export function resolveContextWindow(question: WindowQuestion): ContextWindow {
  const { model, largestTokensSeen } = question;
  const override = overrideOf(question);
  if (override !== null) return { windowTokens: override, windowSource: 'override' };
  if (largestTokensSeen > small) return { windowTokens: large, windowSource: 'observed' };
  if (asksForOneMillion(question)) return { windowTokens: large, windowSource: 'requested' };
  if (model !== null && isLearntSmall(question, model)) return { windowTokens: small, windowSource: 'learnt' };
  const listed = model === null ? null : listedWindow(plainModelName(model));
  return listed === null
    ? { windowTokens: large, windowSource: 'assumed' }
    : { windowTokens: listed, windowSource: 'table' };
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
function asksForOneMillion({ model, requestedModel, oneMillionHints }: WindowQuestion): boolean {
  if (requestedModel !== null) return hasOneMillionMark(requestedModel);
  if (model === null) return false;
  return oneMillionHints.some(
    (hint) => hasOneMillionMark(hint) && namesModel(plainModelName(hint), plainModelName(model)),
  );
}

/** Settings may name a family (`opus`) where transcripts name the model. */
function namesModel(hint: string, model: string): boolean {
  return hint === model || (/^[a-z]+$/.test(hint) && model.startsWith(`claude-${hint}-`));
}

function isLearntSmall({ learntAutoCompactions }: WindowQuestion, model: string): boolean {
  const plain = plainModelName(model);
  return learntAutoCompactions.some(
    (compaction) =>
      !hasOneMillionMark(compaction.model) &&
      plainModelName(compaction.model) === plain &&
      compaction.preTokens >= smallWindowCompactsAt.from &&
      compaction.preTokens <= smallWindowCompactsAt.to,
  );
}

/** The exact name, else the longest listed name of which this is a variant (`…-fast`). A further number is another model, which the table doesn't know. */
function listedWindow(name: string): number | null {
  const models: Readonly<Record<string, number>> = contextWindows.models;
  const exact = positive(models, name);
  if (exact !== null) return exact;
  const base = Object.keys(models)
    .filter((listed) => name.startsWith(`${listed}-`) && /^[a-z]/.test(name.slice(listed.length + 1)))
    .toSorted((one, other) => other.length - one.length)[0];
  return base === undefined ? null : positive(models, base);
}
