import type { CompactionLine, Forecast } from '../../shared/app-state.js';
import { finishedTurns, type TurnLog } from '../sessions/turn-log.js';

/** A measured session and where it ends. */
export interface ForecastQuestion {
  readonly turns: TurnLog;
  readonly usedTokens: number;
  readonly windowTokens: number;
  readonly line: CompactionLine;
}

const fewestGrownTurns = 3;
/** A turn that takes less than this part of the window tells nothing worth showing: hundreds of turns are left. */
const flatPart = 1 / 500;
const msPerMinute = 60_000;

/**
 * How many turns and minutes of work are left to the compaction line, or to the full window where the client doesn't
 * compact, at the pace of the newest turns (at most 12 since the newest compaction or drop). Turns are whole ones that
 * still fit: 0 when the next one reaches the line, or the session is beyond it. Null with fewer than 3 turns that have
 * grown, or where the median turn takes less than a 500th of the window.
 */
export function forecastSession({ turns, usedTokens, windowTokens, line }: ForecastQuestion): Forecast | null {
  const finished = finishedTurns(turns);
  const grown = finished.map(({ grownTokens }) => grownTokens);
  const tokensPerTurn = Math.round(medianOf(grown));
  if (grown.filter((tokens) => tokens > 0).length < fewestGrownTurns) return null;
  if (tokensPerTurn < windowTokens * flatPart) return null;
  const tokensLeft = Math.max(0, (line.tokens ?? windowTokens) - usedTokens);
  const tokensPerMinute = paceOf(finished);
  return {
    to: line.tokens === null ? 'full' : 'compaction',
    turnsLeft: Math.floor(tokensLeft / tokensPerTurn),
    minutesLeft: tokensPerMinute === null ? null : Math.round(tokensLeft / tokensPerMinute),
    tokensPerTurn,
    tokensPerMinute: tokensPerMinute === null ? null : Math.round(tokensPerMinute),
  };
}

/** Tokens per minute of work over the turns that have times; null where none has taken any, or they have not grown. */
function paceOf(turns: ReturnType<typeof finishedTurns>): number | null {
  let [tokens, workMs] = [0, 0];
  for (const turn of turns) {
    if (turn.workMs === null) continue;
    tokens += turn.grownTokens;
    workMs += turn.workMs;
  }
  return tokens > 0 && workMs > 0 ? tokens / (workMs / msPerMinute) : null;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((lower ?? 0) + (upper ?? 0)) / 2;
}
