import type { Forecast } from '../../shared/app-state.js';

const minutesShown = 120;

/**
 * What is left, in few words: `6 turns, 14 min`, `1 turn, 5 h`, `next turn, 2 min` where the next one reaches the line,
 * `now` where it is reached. `to full` is added where that is no compaction but the end of the window.
 */
export function forecastText({ to, turnsLeft, minutesLeft }: Forecast): string {
  const end = to === 'full' ? ' to full' : '';
  if (turnsLeft === 0 && minutesLeft === 0) return `now${end}`;
  const turns = turnsLeft === 0 ? 'next turn' : `${turnsLeft} ${turnsLeft === 1 ? 'turn' : 'turns'}`;
  return `${turns}${minutesLeft === null ? '' : `, ${durationText(minutesLeft)}`}${end}`;
}

function durationText(minutes: number): string {
  return minutes < minutesShown ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
