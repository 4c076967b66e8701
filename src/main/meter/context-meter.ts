import type { WindowSource } from '../../shared/app-state.js';
import type { TranscriptFacts } from '../sessions/transcript-facts.js';
import { resolveContextWindow, type WindowInputs } from './context-windows.js';

/** How full a session's context is, and how it is known. Percent is neither rounded nor clamped. */
export type ContextReading =
  | {
      readonly kind: 'measured';
      /** Prompt plus output tokens: what the client's own compaction counts. */
      readonly usedTokens: number;
      /** What the client's status line shows. */
      readonly promptTokens: number;
      readonly windowTokens: number;
      readonly windowSource: WindowSource;
      readonly percent: number;
      readonly model: string | null;
      readonly requestedModel: string | null;
      /** Time of the line read. */
      readonly readAt: string | null;
    }
  | {
      /** After a compaction, until the next answer: tokens and percent are null where the compaction didn't say what it left. */
      readonly kind: 'estimated';
      readonly usedTokens: number | null;
      readonly promptTokens: null;
      readonly windowTokens: number;
      readonly windowSource: WindowSource;
      readonly percent: number | null;
      readonly model: string | null;
      readonly requestedModel: string | null;
      /** Time of the compaction. */
      readonly readAt: string | null;
    }
  | {
      /** No answer of a model yet. */
      readonly kind: 'unknown';
      readonly usedTokens: null;
      readonly promptTokens: null;
      readonly windowTokens: null;
      readonly windowSource: null;
      readonly percent: null;
      readonly model: null;
      readonly requestedModel: null;
      readonly readAt: null;
    };

const unknownReading: ContextReading = {
  kind: 'unknown',
  usedTokens: null,
  promptTokens: null,
  windowTokens: null,
  windowSource: null,
  percent: null,
  model: null,
  requestedModel: null,
  readAt: null,
};

/** The reading of the session `sessionId`, from the facts of its transcript and what is known of windows. */
export function measureContext(sessionId: string, facts: TranscriptFacts, inputs: WindowInputs): ContextReading {
  const { reading, justCompacted } = facts;
  if (reading === null && justCompacted === null) return unknownReading;
  const model = reading?.model ?? null;
  const requestedModel = reading?.requestedModel ?? null;
  const window = resolveContextWindow({
    ...inputs,
    sessionId,
    model,
    requestedModel,
    peaks: facts.peaks,
    usedOneMillionModels: facts.oneMillionModels,
  });
  const percentOf = (tokens: number) => (tokens / window.windowTokens) * 100;
  if (justCompacted !== null || reading === null) {
    const usedTokens = estimateAfterCompaction(facts);
    return {
      kind: 'estimated',
      usedTokens,
      promptTokens: null,
      ...window,
      percent: usedTokens === null ? null : percentOf(usedTokens),
      model,
      requestedModel,
      readAt: justCompacted?.at ?? null,
    };
  }
  const { usedTokens, promptTokens, readAt } = reading;
  return {
    kind: 'measured',
    usedTokens,
    promptTokens,
    ...window,
    percent: percentOf(usedTokens),
    model,
    requestedModel,
    readAt,
  };
}

/** `postTokens` leaves out system prompt and tools, which are about what the session's first answer was given. */
function estimateAfterCompaction({ justCompacted, firstPromptTokens }: TranscriptFacts): number | null {
  const left = justCompacted?.postTokens ?? null;
  return left === null ? null : left + (firstPromptTokens ?? 0);
}
