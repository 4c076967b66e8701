import type { Forecast } from '../shared/app-state.js';
import { figures } from './figures.js';
import { texts } from './texts.js';

/** A forecast in words, in pieces that may be left out from the end where there is no room: `about 6 turns`, `, 14 min`, ` to compaction`. */
export interface ForecastWords {
  readonly pieces: readonly string[];
  /** What it is counted from, such as `grows by about 31k a turn, 14k a minute`. */
  readonly basis: string;
}

/** Says how much is left; null where nothing can be told. */
export function forecastWords(forecast: Forecast | null): ForecastWords | null {
  if (forecast === null) return null;
  const { to, turnsLeft, minutesLeft, tokensPerTurn, tokensPerMinute } = forecast;
  const basis = texts.forecast.basis(
    figures.tokens(tokensPerTurn),
    tokensPerMinute === null ? null : figures.tokens(tokensPerMinute),
  );
  if (turnsLeft === 0) return { pieces: [texts.forecast.anyMoment[to]], basis };
  const minutes = minutesLeft === null ? [] : [texts.forecast.minutes(figures.roughMinutes(minutesLeft))];
  return { pieces: [texts.forecast.turns(turnsLeft), ...minutes, texts.forecast.goals[to]], basis };
}
