/**
 * Where the parts of the tray gauge lie in a square image, in pixels. All edges are whole numbers, so
 * that straight lines are crisp. The gauge is a tile that fills from the bottom; the number stands in its middle and
 * leaves a gutter at both sides, in which nothing but the fill is drawn.
 */
export interface GaugeLayout {
  readonly size: number;
  /** Outer edge of the tile, at all four sides. */
  readonly tileStart: number;
  readonly tileEnd: number;
  readonly outlinePixels: number;
  readonly innerRadius: number;
  /** Edge of the fillable inside of the tile, at all four sides. */
  readonly innerStart: number;
  readonly innerEnd: number;
  readonly gutterPixels: number;
  /** Column in the left gutter that shows the fill and nothing else, away from the round corners. */
  readonly readColumn: number;
  /** Width of a digit's stroke, and of the gap between two digits. */
  readonly strokePixels: number;
  readonly digitWidth: number;
  readonly digitHeight: number;
}

/** The layout for an image of `size` × `size` pixels; made for 16 to 64. */
export function gaugeLayout(size: number): GaugeLayout {
  const margin = size < 20 ? 0 : Math.round(size / 22);
  const outlinePixels = Math.max(1, Math.round(size / 22));
  const innerStart = margin + outlinePixels;
  const innerEnd = size - innerStart;
  const gutterPixels = Math.max(2, Math.round(size / 9.5));
  const strokePixels = Math.max(1, Math.round(size / 12));
  const roomForDigits = innerEnd - innerStart - 2 * gutterPixels;
  const digitWidth = Math.floor((roomForDigits - strokePixels) / 2);
  return {
    size,
    tileStart: margin,
    tileEnd: size - margin,
    outlinePixels,
    innerRadius: Math.max(2, Math.round(size * 0.11)),
    innerStart,
    innerEnd,
    gutterPixels,
    readColumn: innerStart + gutterPixels - 1,
    strokePixels,
    digitWidth,
    digitHeight: evenLike(size, Math.round(digitWidth * 1.7)),
  };
}

/** The nearest number with the parity of `size`, so that a box of this height can be centred on whole pixels. */
function evenLike(size: number, pixels: number): number {
  return (size - pixels) % 2 === 0 ? pixels : pixels + 1;
}
