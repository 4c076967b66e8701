import { distanceToStrokes, type Point } from './gauge-digits.js';

/** A rectangle in pixels: `right` and `bottom` are the first that it doesn't cover. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How much of the pixel at column `x`, row `y` is covered, 0–1. */
export type Cover = (x: number, y: number) => number;

/** Something to be drawn, and the box outside of which it covers nothing. */
export interface Shape {
  readonly within: Box;
  readonly cover: Cover;
}

/** The strokes along polylines, each side `halfWidth` pixels wide, with round ends. */
export function strokeShape(strokes: readonly (readonly Point[])[], halfWidth: number): Shape {
  const reach = halfWidth + 0.5;
  const points = strokes.flat();
  const within = {
    left: Math.min(...points.map(([x]) => x)) - reach,
    right: Math.max(...points.map(([x]) => x)) + reach,
    top: Math.min(...points.map(([, y]) => y)) - reach,
    bottom: Math.max(...points.map(([, y]) => y)) + reach,
  };
  return { within, cover: (x, y) => clamp(reach - distanceToStrokes(strokes, x + 0.5, y + 0.5)) };
}

/** A box with round corners. */
export function boxShape(box: Box, radius = 0): Shape {
  const { left, top, right, bottom } = box;
  const middleX = (left + right) / 2;
  const middleY = (top + bottom) / 2;
  const straightX = (right - left) / 2 - radius;
  const straightY = (bottom - top) / 2 - radius;
  return {
    within: box,
    cover: (x, y) => {
      const outX = Math.abs(x + 0.5 - middleX) - straightX;
      const outY = Math.abs(y + 0.5 - middleY) - straightY;
      if (radius === 0) return clamp(0.5 - outX) * clamp(0.5 - outY);
      return clamp(radius + 0.5 - Math.hypot(Math.max(0, outX), Math.max(0, outY)));
    },
  };
}

/** The triangle that points down from a box's upper edge to the middle of its lower one. */
export function downwardTriangle(box: Box): Shape {
  const { left, top, right, bottom } = box;
  const middle = (left + right) / 2;
  return {
    within: box,
    cover: (x, y) => {
      const row = clamp(y + 1 - top) * clamp(bottom - y);
      const half = (((right - left) / 2) * (bottom - (y + 0.5))) / (bottom - top);
      return row * clamp(Math.min(x + 1, middle + half) - Math.max(x, middle - half));
    },
  };
}

/** A ring's line around the middle of the image; `outer` is its radius. */
export interface Ring {
  readonly centre: number;
  readonly outer: number;
  readonly thickness: number;
}

const arcSweep = Math.PI * 1.5;
const arcStart = Math.PI * 0.75;

/** The part between two shares (0–1) of a ring that runs clockwise and leaves a quarter open at the bottom. */
export function arcShape({ centre, outer, thickness }: Ring, from: number, to: number): Shape {
  const middle = outer - thickness / 2;
  return {
    within: { left: centre - outer, top: centre - outer, right: centre + outer, bottom: centre + outer },
    cover: (column, row) => {
      const x = column + 0.5 - centre;
      const y = row + 0.5 - centre;
      const radius = Math.hypot(x, y);
      const across = clamp(thickness / 2 + 0.5 - Math.abs(radius - middle));
      if (across === 0) return 0;
      const along = arcShare(x, y);
      const pixels = radius * arcSweep;
      return across * clamp((along - from) * pixels + 0.5) * clamp((to - along) * pixels + 0.5);
    },
  };
}

/** Where a point beside the centre lies on the arc's sweep: 0 at its start, 1 at its end, beyond either in its half of the gap. */
function arcShare(x: number, y: number): number {
  const turn = (Math.atan2(y, x) - arcStart + 4 * Math.PI) % (2 * Math.PI);
  const share = turn / arcSweep;
  const wholeTurn = (2 * Math.PI) / arcSweep;
  return share > (1 + wholeTurn) / 2 ? share - wholeTurn : share;
}

/** What all of the shapes cover together. */
export function union(...shapes: readonly Shape[]): Shape {
  return {
    within: {
      left: Math.min(...shapes.map(({ within }) => within.left)),
      top: Math.min(...shapes.map(({ within }) => within.top)),
      right: Math.max(...shapes.map(({ within }) => within.right)),
      bottom: Math.max(...shapes.map(({ within }) => within.bottom)),
    },
    cover: (x, y) => shapes.reduce((most, { cover }) => Math.max(most, cover(x, y)), 0),
  };
}

/** What of a shape is covered as well. */
export function overlap({ within, cover }: Shape, also: Cover): Shape {
  return {
    within,
    cover: (x, y) => {
      const share = cover(x, y);
      return share === 0 ? 0 : share * also(x, y);
    },
  };
}

/** What of a shape is left without another. */
export function without(shape: Shape, other: Shape): Shape {
  return overlap(shape, (x, y) => 1 - other.cover(x, y));
}

/** A share, kept between 0 and 1. */
export function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
