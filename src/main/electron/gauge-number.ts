import { digitStrokes, type Point } from './gauge-digits.js';
import { evenLike } from './gauge-layout.js';
import { questionShape } from './gauge-marks.js';
import { hasStrip, layStrip, type GaugeParts } from './gauge-parts.js';
import { boxShape, overlap, strokeShape, without, type Shape } from './gauge-shapes.js';

/** Lays the percent as a number, with a dashed frame where it isn't current; below it further sessions and what is going on. */
export function layNumber(parts: GaugeParts): void {
  const { gauge, tone, layout, ink, lay } = parts;
  const { start, content, strip, stripGap, size } = layout;
  const gap = Math.max(2, Math.round(content / 10));
  const widest = Math.floor((content - gap) / 2);
  const room = hasStrip(gauge) ? content - strip - stripGap : content;
  const height = hasStrip(gauge) ? room : evenLike(size, Math.min(room, Math.round(widest * 1.7)));
  const top = hasStrip(gauge) ? start : (size - height) / 2;
  if (tone === 'dim') lay(ink.digits, dashedFrame(parts));
  if (gauge.percent === null) {
    const stroke = strokeOf(widest, height);
    const left = (size - evenLike(size, widest)) / 2;
    lay(ink.digits, questionShape({ left, right: left + evenLike(size, widest), top, bottom: top + height }, stroke));
  } else {
    const text = String(Math.min(999, Math.max(0, Math.round(gauge.percent))));
    const narrow = text.length > 2;
    const between = narrow ? Math.max(1, Math.round(content / 16)) : gap;
    const width = narrow ? Math.floor((content + 1 - 2 * between) / 3) : widest;
    const total = text.length * width + (text.length - 1) * between;
    const box = { left: start + Math.floor((content - total) / 2), top, width, height };
    for (const shape of digitShapes(text, box, between)) lay(ink.digits, shape);
  }
  layStrip(parts, strip);
}

function digitShapes(
  text: string,
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  gap: number,
): readonly Shape[] {
  const { left, top, width, height } = box;
  const stroke = strokeOf(width, height);
  const corner = Math.min((width - stroke) / 2, Math.max(0.75, (width - stroke) * 0.28));
  return [...text].map((digit, index) =>
    strokeShape(
      digitStrokes(digit, width - stroke, height - stroke, corner).map((line) =>
        line.map(([x, y]): Point => [left + index * (width + gap) + stroke / 2 + x, top + stroke / 2 + y]),
      ),
      stroke / 2,
    ),
  );
}

function strokeOf(width: number, height: number): number {
  return Math.max(1, Math.min(Math.round(width / 4.2), Math.floor(height / 5)));
}

function dashedFrame({ layout }: GaugeParts): Shape {
  const { size, framePixels, tileRadius } = layout;
  const inside = { left: framePixels, top: framePixels, right: size - framePixels, bottom: size - framePixels };
  const outside = { left: 0, top: 0, right: size, bottom: size };
  const frame = without(boxShape(outside, tileRadius), boxShape(inside, tileRadius - framePixels));
  const dash = Math.max(2, Math.round(size / 11));
  const middle = size / 2;
  const phase = (at: number): number => (Math.floor((Math.abs(at + 0.5 - middle) + dash / 2) / dash) % 2 === 0 ? 1 : 0);
  const isSide = (x: number, y: number): boolean => Math.abs(x + 0.5 - middle) > Math.abs(y + 0.5 - middle);
  return overlap(frame, (x, y) => phase(isSide(x, y) ? y : x));
}
