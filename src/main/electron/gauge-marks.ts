import type { GaugeModel } from '../views/gauge-view.js';
import { digitStrokes, type Point } from './gauge-digits.js';
import { evenLike, type GaugeLayout } from './gauge-layout.js';
import { boxShape, downwardTriangle, strokeShape, union, type Box, type Shape } from './gauge-shapes.js';

/** The sign of what is going on, as large as a box allows: two bars for paused, an arrow down for exporting, `!` for a problem. */
export function markShape(mark: Exclude<GaugeModel['mark'], 'none'>, box: Box): Shape {
  const side = box.bottom - box.top;
  const middle = (box.left + box.right) / 2;
  switch (mark) {
    case 'paused': {
      const bar = Math.max(1, Math.round((box.right - box.left) * 0.3));
      const inner = middle - Math.max(1, Math.round(side * 0.18));
      const left = Math.floor(inner) - bar;
      const right = Math.ceil(2 * middle - inner);
      return union(
        boxShape({ left, right: left + bar, top: box.top, bottom: box.bottom }),
        boxShape({ left: right, right: right + bar, top: box.top, bottom: box.bottom }),
      );
    }
    case 'exporting': {
      const stem = evenLike(box.right - box.left, Math.max(1, Math.round(side * 0.3)));
      const shoulder = box.top + Math.max(1, Math.round(side * 0.36));
      return union(
        boxShape({ left: middle - stem / 2, right: middle + stem / 2, top: box.top, bottom: shoulder + 1 }),
        downwardTriangle({ ...box, top: shoulder }),
      );
    }
    case 'problem': {
      const bar = evenLike(box.right - box.left, Math.max(2, Math.round(side * 0.34)));
      const point = Math.max(1, Math.round(side * 0.24));
      const gap = Math.max(1, Math.round(side * 0.14));
      const [left, right] = [middle - bar / 2, middle + bar / 2];
      return union(
        boxShape({ left, right, top: box.top, bottom: box.bottom - point - gap }),
        boxShape({ left, right, top: box.bottom - point, bottom: box.bottom }),
      );
    }
  }
}

/** A question mark that fills a box. */
export function questionShape(box: Box, stroke: number): Shape {
  return strokeShape(
    digitStrokes('?', box.right - box.left - stroke, box.bottom - box.top - stroke, stroke * 0.8).map((line) =>
      line.map(([x, y]): Point => [box.left + stroke / 2 + x, box.top + stroke / 2 + y]),
    ),
    stroke / 2,
  );
}

/** How many pixels wide the marks of further sessions are in a room: one square each, or as many as fit and a plus. */
export function furtherMarks(
  further: number,
  room: number,
  layout: GaugeLayout,
): { readonly dots: number; readonly more: boolean; readonly width: number } {
  const { dot, dotGap } = layout;
  const widthOf = (dots: number): number => dots * dot + Math.max(0, dots - 1) * dotGap;
  if (widthOf(further) <= room) return { dots: further, more: false, width: widthOf(further) };
  const plus = plusSide(dot);
  const dots = Math.max(0, Math.floor((room - plus) / (dot + dotGap)));
  return { dots, more: true, width: dots * (dot + dotGap) + plus };
}

/** The marks of further sessions, from `left`, standing on `bottom`. */
export function furtherShape(
  marks: { readonly dots: number; readonly more: boolean },
  left: number,
  bottom: number,
  layout: GaugeLayout,
): Shape {
  const { dot, dotGap } = layout;
  const squares = Array.from({ length: marks.dots }, (_, index) => {
    const at = left + index * (dot + dotGap);
    return boxShape({ left: at, right: at + dot, top: bottom - dot, bottom }, dot > 3 ? dot * 0.28 : 0);
  });
  if (!marks.more) return union(...squares);
  const side = plusSide(dot);
  const arm = evenLike(side, Math.max(1, Math.round(dot / 2) - ((side - Math.round(dot / 2)) % 2)));
  const start = left + marks.dots * (dot + dotGap);
  const inset = (side - arm) / 2;
  return union(
    ...squares,
    boxShape({ left: start, right: start + side, top: bottom - side + inset, bottom: bottom - inset }),
    boxShape({ left: start + inset, right: start + side - inset, top: bottom - side, bottom }),
  );
}

function plusSide(dot: number): number {
  return Math.round(dot * 1.5);
}
