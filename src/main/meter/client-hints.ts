/**
 * What the client's own settings say of windows and compaction: its settings files with their environment blocks, and
 * what `~/.claude.json` keeps. As in force now; sessions may have begun under others.
 */
export interface ClientHints {
  /** Model names with `[1m]`, such as `opus[1m]`. */
  readonly oneMillionModels: readonly string[];
  /** `CLAUDE_CODE_DISABLE_1M_CONTEXT`. */
  readonly disableOneMillion: boolean;
  /** `autoCompactWindow` or `CLAUDE_CODE_AUTO_COMPACT_WINDOW`: tokens that the client takes for the window when it compacts. */
  readonly autoCompactWindowTokens: number | null;
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
  autoCompactPercent: null,
  autoCompactOff: false,
};
