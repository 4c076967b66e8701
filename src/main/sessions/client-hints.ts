/**
 * What the client's own settings say of windows and compaction. As in force now; sessions may have begun under others.
 *
 * The rule by which client 2.1.330 compacts on its own, measured with the real client:
 * - `room` = the smaller of the model's window and the window that is set, less the smaller of the model's largest
 *   answer (`CLAUDE_CODE_MAX_OUTPUT_TOKENS` counts) and 20 000 tokens. `CLAUDE_CODE_AUTO_COMPACT_WINDOW` comes before
 *   `modelSettings.<model>.autoCompactWindow`, which `/autocompact` writes, and that before `autoCompactWindow`.
 * - The line = `room` − 13 000; with a percentage that figure or `room` × percentage, rounded down, whichever is
 *   smaller: it only ever brings the line down. A window set to 150 000 gives 117 000; with 50 percent 65 000.
 * - `preTokens` at the line is `usedTokens` of the last answer and what the next prompt adds.
 * - Without a window set, models without a native window above 200 000 (Opus 4.5, Sonnet 4.5, Haiku 4.5 and older) and
 *   models asked for with a `[1m]` that they need (Opus 4.6, Sonnet 4.5) have no line: the client goes on, whatever the
 *   percentage says, until the API refuses a prompt as too long, and compacts then. A window that is set, even one of
 *   the full size, gives them the line.
 * - `DISABLE_AUTO_COMPACT`, `DISABLE_COMPACT` and `autoCompactEnabled: false` switch it off.
 * - `CLAUDE_CODE_DISABLE_1M_CONTEXT` makes every window 200 000, with its line at 167 000.
 */
export interface ClientHints {
  /** Model names with `[1m]`, such as `opus[1m]`. */
  readonly oneMillionModels: readonly string[];
  /** `CLAUDE_CODE_DISABLE_1M_CONTEXT`. */
  readonly disableOneMillion: boolean;
  /** `autoCompactWindow` or `CLAUDE_CODE_AUTO_COMPACT_WINDOW`: tokens that the client takes for the window when it compacts; at least 100 000. */
  readonly autoCompactWindowTokens: number | null;
  /** Windows for compaction that are set for single models, which come before `autoCompactWindowTokens`; null: for this model none is set, whatever is set for all. */
  readonly autoCompactWindowByModel: Readonly<Record<string, number | null>>;
  /** `CLAUDE_AUTOCOMPACT_PCT_OVERRIDE`, above 0 up to 100. */
  readonly autoCompactPercent: number | null;
  /** Automatic compaction is switched off. */
  readonly autoCompactOff: boolean;
}

/** Settings that say nothing. */
export const noClientHints: ClientHints = {
  oneMillionModels: [],
  disableOneMillion: false,
  autoCompactWindowTokens: null,
  autoCompactWindowByModel: {},
  autoCompactPercent: null,
  autoCompactOff: false,
};
