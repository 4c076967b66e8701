import { evenLike } from './gauge-layout.js';
import { questionShape } from './gauge-marks.js';
import { filledShare, hasStrip, layStrip, type GaugeParts } from './gauge-parts.js';
import { boxShape, clamp, overlap, without, type Box, type Cover } from './gauge-shapes.js';

/** Lays a bar that fills from the left; below it further sessions and what is going on. */
export function layBar(parts: GaugeParts): void {
  const { gauge, tone, layout, ink, lay } = parts;
  const { line } = layout;
  const box = barBox(parts);
  const height = box.bottom - box.top;
  const radius = Math.min(height * 0.3, layout.size / 10);
  const whole = boxShape(box, radius);
  if (tone === 'unknown') {
    const inner = { left: box.left + line, top: box.top + line, right: box.right - line, bottom: box.bottom - line };
    lay(ink.fill, without(whole, boxShape(inner, Math.max(0, radius - line))));
    const side = height - 2 * line - 2 * Math.max(0, Math.round(line / 2));
    const width = evenLike(layout.size, Math.round(side * 0.66));
    const top = box.top + (height - side) / 2;
    const middle = layout.size / 2;
    const question = { left: middle - width / 2, right: middle + width / 2, top, bottom: top + side };
    lay(ink.digits, questionShape(question, Math.max(1, Math.round(side / 6))));
  } else {
    const until = box.left + filledShare(gauge.percent) * (box.right - box.left);
    const shown = tone === 'dim' ? overlap(whole, (x) => stripe(x - box.left, Math.max(2, layout.dot - 1))) : whole;
    lay(ink.track, shown);
    const filled: Cover = (x) => clamp(until - x);
    lay(ink.fill, overlap(shown, filled));
  }
  layStrip(parts, barStrip(layout));
}

/** Where the bar lies: above the strip, or in the middle where the strip is empty. */
function barBox({ gauge, layout }: Pick<GaugeParts, 'gauge' | 'layout'>): Box {
  const { start, end, stripGap, size, content } = layout;
  if (hasStrip(gauge)) return { left: start, right: end, top: start, bottom: end - barStrip(layout) - stripGap };
  const height = evenLike(size, Math.round(content * 0.54));
  return { left: start, right: end, top: (size - height) / 2, bottom: (size + height) / 2 };
}

function barStrip({ content }: GaugeParts['layout']): number {
  return Math.round(content * 0.42);
}

/** Stripes as wide as the gap between them, for a figure that isn't current. */
function stripe(column: number, width: number): number {
  return column % (2 * width) < width ? 1 : 0;
}
