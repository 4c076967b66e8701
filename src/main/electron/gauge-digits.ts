/** A point in pixels from the top left of a digit's centre line box. */
export type Point = readonly [x: number, y: number];

/**
 * The centre lines of a digit, or of a question mark, as polylines, in a box of `width` × `height` pixels. Uprights and bars lie on whole
 * numbers, so that a stroke of whole pixels is crisp; `corner` is how far a round corner is cut.
 */
export function digitStrokes(
  digit: string,
  width: number,
  height: number,
  corner: number,
): readonly (readonly Point[])[] {
  const w = width;
  const h = height;
  const c = corner;
  const middle = Math.round(h / 2);
  const upper = Math.round(h * 0.4);
  const lower = h - upper;
  switch (digit) {
    case '0':
      return [loop(0, 0, w, h, c)];
    case '1': {
      const x = Math.round(w * 0.6);
      const flag = Math.min(x, Math.max(1, Math.round(h * 0.22)));
      return [
        [
          [x - flag, flag],
          [x, 0],
          [x, h],
        ],
      ];
    }
    case '2':
      return [
        [
          [0, c],
          [c, 0],
          [w - c, 0],
          [w, c],
          [w, upper - c / 2],
          [0, h],
          [w, h],
        ],
      ];
    case '3':
      return [
        [
          [0, c],
          [c, 0],
          [w - c, 0],
          [w, c],
          [w, middle - c],
          [w - c, middle],
          [Math.round(w * 0.34), middle],
        ],
        [
          [w - c, middle],
          [w, middle + c],
          [w, h - c],
          [w - c, h],
          [c, h],
          [0, h - c],
        ],
      ];
    case '4': {
      const x = Math.max(1, Math.round(w * 0.7));
      const bar = Math.round(h * 0.68);
      return [
        [
          [x, h],
          [x, 0],
          [0, bar],
          [w, bar],
        ],
      ];
    }
    case '5':
      return [
        [
          [w, 0],
          [0, 0],
          [0, upper],
          [w - c, upper],
          [w, upper + c],
          [w, h - c],
          [w - c, h],
          [c, h],
          [0, h - c],
        ],
      ];
    case '6':
      return [
        [
          [w, c],
          [w - c, 0],
          [c, 0],
          [0, c],
          [0, h - c],
        ],
        loop(0, upper, w, h, c),
      ];
    case '7':
      return [
        [
          [0, 0],
          [w, 0],
          [Math.round(w * 0.34), h],
        ],
      ];
    case '8':
      return [loop(0, 0, w, middle, c), loop(0, middle, w, h, c)];
    case '9':
      return [
        loop(0, 0, w, lower, c),
        [
          [w, c],
          [w, h - c],
          [w - c, h],
          [c, h],
          [0, h - c],
        ],
      ];
    case '?':
      return [
        [
          [0, c],
          [c, 0],
          [w - c, 0],
          [w, c],
          [w, upper - c],
          [w / 2, upper + c],
          [w / 2, Math.round(h * 0.64)],
        ],
        [
          [w / 2, h],
          [w / 2, h],
        ],
      ];
    default:
      return [];
  }
}

/** How far a point is from the nearest of the polylines, in pixels. */
export function distanceToStrokes(strokes: readonly (readonly Point[])[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const stroke of strokes) {
    for (let index = 1; index < stroke.length; index++) {
      const from = stroke[index - 1];
      const to = stroke[index];
      if (from !== undefined && to !== undefined) nearest = Math.min(nearest, distanceToLine(from, to, x, y));
    }
  }
  return nearest;
}

function loop(left: number, top: number, right: number, bottom: number, corner: number): readonly Point[] {
  return [
    [left + corner, top],
    [right - corner, top],
    [right, top + corner],
    [right, bottom - corner],
    [right - corner, bottom],
    [left + corner, bottom],
    [left, bottom - corner],
    [left, top + corner],
    [left + corner, top],
  ];
}

function distanceToLine(from: Point, to: Point, x: number, y: number): number {
  const alongX = to[0] - from[0];
  const alongY = to[1] - from[1];
  const lengthSquared = alongX * alongX + alongY * alongY;
  const share = lengthSquared === 0 ? 0 : ((x - from[0]) * alongX + (y - from[1]) * alongY) / lengthSquared;
  const clamped = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from[0] - clamped * alongX, y - from[1] - clamped * alongY);
}
