/** The most tokens that a session has held at once while it asked for one model. */
export interface TokenPeak {
  /** As the transcript names it; null where the file begins after its answers. */
  readonly model: string | null;
  readonly requestedModel: string | null;
  readonly tokens: number;
}

/** A file whose lines name a new model each time must not make every further line slower. */
const peaksKept = 20;

/** The peaks with one more figure; the same list where it is no new peak. */
export function notePeak(peaks: readonly TokenPeak[], figure: TokenPeak): readonly TokenPeak[] {
  const { model, requestedModel, tokens } = figure;
  const at = peaks.findIndex((peak) => peak.model === model && peak.requestedModel === requestedModel);
  const known = peaks[at];
  if (known === undefined) return [...peaks.slice(1 - peaksKept), figure];
  return known.tokens >= tokens ? peaks : peaks.with(at, figure);
}
