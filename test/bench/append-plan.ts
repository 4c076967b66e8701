/** Appends in order, one file after the other and from the start again. */
export interface AppendPlan {
  readonly files: readonly { readonly id: string; readonly path: string }[];
  /** Used tokens that the first answer of each file tells. */
  readonly firstTokens: number;
  /** How many more each further answer tells; 1 where it is left out. */
  readonly stepTokens?: number;
  /** After so many above the first it starts again from there. */
  readonly spanTokens?: number;
  /** Appends in all. */
  readonly count: number;
  /** Pause after an append, from … to, milliseconds. An append that comes late does not put off the next. */
  readonly gapMs: readonly [least: number, most: number];
  /** Of so many lines of a file one is an answer; the others are tool results, which tell nothing. */
  readonly linesPerAnswer: number;
  readonly seed: number;
}

/** One answer that was appended: which file of the plan, what it tells, when the write began (nanoseconds, as text), how many bytes. */
export type Append = readonly [file: number, usedTokens: number, at: string, bytes: number];

/** The used tokens that a file's answer of this number, counted from 0, tells. */
export function tokensOf({ firstTokens, stepTokens = 1, spanTokens }: AppendPlan, answer: number): number {
  const grown = answer * stepTokens;
  return firstTokens + (spanTokens === undefined ? grown : grown % spanTokens);
}
