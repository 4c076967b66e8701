import type { SessionHistory } from '../../shared/app-state.js';
import { historyWords } from '../history-words.js';
import { hintText } from '../hint-text.js';

interface HistoryCurveProps {
  readonly history: SessionHistory | null;
  /** In CSS pixels at the usual text size. */
  readonly width: number;
  readonly height: number;
}

const inset = 2;

/** How the session filled over the last hours, as a line from an empty window below to a full one above; it keeps its room where there is none. */
export function HistoryCurve({ history, width, height }: HistoryCurveProps) {
  if (history === null) return <span className="curve" style={{ width: rem(width) }} aria-hidden="true" />;
  const { minutes, percents } = history;
  const lastMinute = Math.max(minutes.at(-1) ?? 0, 1);
  const points = percents.map((percent, index) => {
    const x = inset + ((minutes[index] ?? 0) / lastMinute) * (width - 2 * inset);
    const y = height - inset - (Math.min(Math.max(percent, 0), 100) / 100) * (height - 2 * inset);
    return [x.toFixed(1), y.toFixed(1)] as const;
  });
  const line = points.map(([x, y]) => `${x} ${y}`).join('L');
  const [endX, endY] = points.at(-1) ?? ['0', '0'];
  const words = historyWords(history);
  return (
    <span className="curve" role="img" aria-label={hintText([words])} data-hint={hintText([words])}>
      <svg viewBox={`0 0 ${width} ${height}`} style={{ width: rem(width), height: rem(height) }} aria-hidden="true">
        <path className="curve-fill" d={`M${points[0]?.[0]} ${height}L${line}L${endX} ${height}Z`} />
        <path className="curve-line" d={`M${line}`} />
        <circle className="curve-end" cx={endX} cy={endY} r={1.75} />
      </svg>
    </span>
  );
}

function rem(pixels: number): string {
  return `${pixels / 16}rem`;
}
