import { evenLike } from './gauge-layout.js';
import { furtherMarks, furtherShape, markShape, questionShape } from './gauge-marks.js';
import { filledShare, type GaugeParts } from './gauge-parts.js';
import { arcShape, overlap, union, type Box, type Cover, type Ring } from './gauge-shapes.js';

/** Lays a ring that is open at the bottom: filled clockwise, what is going on in its middle, further sessions in its opening. */
export function layRing(parts: GaugeParts): void {
  const { gauge, tone, layout, ink, lay } = parts;
  const { size, content, start, end, framePixels, ringThickness } = layout;
  const ring: Ring = { centre: size / 2, outer: content / 2, thickness: ringThickness };
  if (tone === 'unknown') layOutline(parts, ring);
  else {
    const shown = tone === 'dim' ? dashes(ring, size < 20 ? 5 : 7) : () => 1;
    lay(ink.track, overlap(arcShape(ring, 0, 1), shown));
    lay(ink.fill, overlap(arcShape(ring, 0, filledShare(gauge.percent)), shown));
  }
  const height = evenLike(size, Math.round((content - 2 * ringThickness) * 0.62));
  if (gauge.mark !== 'none') {
    const low = gauge.mark === 'paused' ? evenLike(size, Math.floor(height * 0.7)) : height;
    lay(ink.mark, markShape(gauge.mark, centred(size, height, low)));
  } else if (tone === 'unknown') {
    const width = evenLike(size, Math.round(height * 0.62));
    lay(ink.digits, questionShape(centred(size, width, height), Math.max(1, Math.round(height / 6))));
  }
  if (gauge.further > 0) {
    const drop = Math.floor((start - framePixels - 1) / 2);
    const marks = furtherMarks(gauge.further, Math.round(content * 0.75), layout);
    lay(ink.further, furtherShape(marks, Math.floor((size - marks.width) / 2), end + drop, layout));
  }
}

/** The ring's outer edge, and its inner one where there is room between them. */
function layOutline({ layout: { line }, ink, lay }: GaugeParts, ring: Ring): void {
  lay(ink.fill, arcShape({ ...ring, thickness: line }, 0, 1));
  if (ring.thickness <= 2 * line) return;
  lay(ink.fill, arcShape({ ...ring, outer: ring.outer - ring.thickness + line, thickness: line }, 0, 1));
}

/** So many pieces of a ring with gaps between them, for a figure that isn't current. */
function dashes(ring: Ring, pieces: number): Cover {
  const step = 1 / (2 * pieces - 1);
  const arcs = Array.from({ length: pieces }, (_, index) => arcShape(ring, 2 * index * step, (2 * index + 1) * step));
  return union(...arcs).cover;
}

function centred(size: number, width: number, height: number): Box {
  const [left, top] = [(size - width) / 2, (size - height) / 2];
  return { left, top, right: left + width, bottom: top + height };
}
