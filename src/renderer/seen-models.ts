import type { SessionState } from '../shared/app-state.js';

/** A model that a session uses, by the id in its transcript, and the window that the app holds it to have; null where it doesn't know. */
export interface SeenModel {
  readonly model: string;
  readonly tokens: number | null;
}

/** The models of the sessions shown, each once, by name. */
export function seenModels(sessions: readonly SessionState[]): readonly SeenModel[] {
  const seen = new Map<string, number | null>();
  for (const { model, windowTokens } of sessions) {
    if (model !== null && (seen.get(model) ?? null) === null) seen.set(model, windowTokens);
  }
  return [...seen]
    .map(([model, tokens]) => ({ model, tokens }))
    .toSorted((one, other) => (one.model < other.model ? -1 : 1));
}
