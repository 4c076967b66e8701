import type { SessionHistory } from '../shared/app-state.js';
import { figures } from './figures.js';
import { texts } from './texts.js';

/** A drop by more than this, in percent of the window, is a compaction or something like it. */
const fallPercent = 10;

/** A session's curve in words: `over the last 2 h from 12% to 77%, with 1 fall`. */
export function historyWords({ minutes, percents }: SessionHistory): string {
  const falls = percents.filter((percent, index) => percent < (percents[index - 1] ?? 0) - fallPercent).length;
  const [first, last] = [percents[0] ?? 0, percents.at(-1) ?? 0];
  return texts.history.words(figures.roughMinutes(minutes.at(-1) ?? 0), first, last, falls);
}
