import type { MeasuredModel } from './measure-model.js';

/** The table of windows as it lies in `src/main/meter/context-windows.json`. */
export interface WindowTable {
  /** The day, as in `2026-11-22`. */
  readonly takenAt: string;
  readonly clientVersion: string;
  readonly source: string;
  /** Window in tokens by plain model name. */
  readonly models: Readonly<Record<string, number>>;
  /** Models in `models` that this client doesn't offer: their windows are from their documentation. */
  readonly documented: readonly string[];
  /** Models that this client compacts only when the API refuses a prompt as too long, unless a window for compaction is set. */
  readonly compactedWhenRefused: readonly string[];
}

const source =
  "context_window_size on the client's status line, one run for each model that it offers; the models under documented from their documentation";

/** The table after a measurement: what was measured (null: the client took another model) replaces what was there, the rest is kept as documented. Newest families first, as measured names sort backwards. */
export function takenTable(
  before: Pick<WindowTable, 'models'>,
  measured: ReadonlyMap<string, MeasuredModel | null>,
  taken: { readonly takenAt: string; readonly clientVersion: string },
): WindowTable {
  const isMeasured = (model: string): boolean => (measured.get(model) ?? null) !== null;
  const names = [...measured.keys()].filter(isMeasured).toSorted().toReversed();
  const documented = Object.keys(before.models).filter((model) => !isMeasured(model));
  const windowOf = (model: string): number => measured.get(model)?.windowTokens ?? before.models[model] ?? 0;
  return {
    ...taken,
    source,
    models: Object.fromEntries([...names, ...documented].map((model) => [model, windowOf(model)])),
    documented,
    compactedWhenRefused: names.filter((model) => measured.get(model)?.compactsAtLine === false),
  };
}

/** One line for each model of either table: what changed, or that nothing did. */
export function tableChanges(before: Partial<WindowTable>, after: WindowTable): readonly string[] {
  const names = new Set([...Object.keys(after.models), ...Object.keys(before.models ?? {})]);
  return [...names].map((model) => {
    const [was, is] = [before.models?.[model], after.models[model]];
    const origin = after.documented.includes(model) ? 'documented, not offered by this client' : 'measured';
    const compaction = after.compactedWhenRefused.includes(model) ? ', compacted only when refused' : '';
    const change = was === undefined ? 'new' : was === is ? 'as before' : `was ${was}`;
    return `${model}: ${is} (${change}; ${origin}${compaction})`;
  });
}
