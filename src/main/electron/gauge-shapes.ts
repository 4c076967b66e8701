import { distanceToStrokes, type Point } from './gauge-digits.js';

/** How much of the pixel at column `x`, row `y` a shape covers, 0–1. */
export type Shape = (x: number, y: number) => number;

/** The strokes along polylines, each side `halfWidth` pixels wide, with round ends. */
export function strokeShape(strokes: readonly (readonly Point[])[], halfWidth: number): Shape {
  const reach = halfWidth + 0.5;
  const points = strokes.flat();
  const left = Math.min(...points.map(([x]) => x)) - reach;
  const right = Math.max(...points.map(([x]) => x)) + reach;
  const top = Math.min(...points.map(([, y]) => y)) - reach;
  const bottom = Math.max(...points.map(([, y]) => y)) + reach;
  return (column, row) => {
    const x = column + 0.5;
    const y = row + 0.5;
    if (x < left || x > right || y < top || y > bottom) return 0;
    return clamp(reach - distanceToStrokes(strokes, x, y));
  };
}

/** A disc around a point in pixels. */
export function disc(centreX: number, centreY: number, radius: number): Shape {
  return (x, y) => clamp(radius + 0.5 - Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY));
}

/** A square from `start` to `end` in both directions, with round corners. */
export function roundedSquare(start: number, end: number, radius: number): Shape {
  const middle = (start + end) / 2;
  const straight = (end - start) / 2 - radius;
  return (x, y) => {
    const outX = Math.max(0, Math.abs(x + 0.5 - middle) - straight);
    const outY = Math.max(0, Math.abs(y + 0.5 - middle) - straight);
    return clamp(radius + 0.5 - Math.hypot(outX, outY));
  };
}

/** A share, kept between 0 and 1. */
export function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
