/**
 * Where the parts of the tray gauge lie in a square image, in pixels. The tile is the whole image; the content is a square in
 * its middle, and the strip with the small marks lies along the content's lower edge. All of it are whole numbers, so that
 * straight lines are crisp.
 */
export interface GaugeLayout {
  readonly size: number;
  readonly tileRadius: number;
  readonly framePixels: number;
  /** Edges of the content, the same in both directions. */
  readonly start: number;
  readonly end: number;
  readonly content: number;
  /** Height of the strip at the lower edge, and of the gap above it. */
  readonly strip: number;
  readonly stripGap: number;
  /** Side of the small mark that stands for a further session, and the gap between two. */
  readonly dot: number;
  readonly dotGap: number;
  /** Width of a thin line, such as the outline of a hollow gauge. */
  readonly line: number;
  readonly ringThickness: number;
}

/** The layout for an image of `size` × `size` pixels; made for 16 to 64. */
export function gaugeLayout(size: number): GaugeLayout {
  const start = Math.max(2, Math.floor(size / 8));
  const content = size - 2 * start;
  return {
    size,
    tileRadius: size * 0.22,
    framePixels: Math.max(1, Math.round(size / 20)),
    start,
    end: size - start,
    content,
    strip: Math.round(content / 3),
    stripGap: Math.max(1, Math.round(content / 12)),
    dot: Math.max(2, Math.round(content / 6)),
    dotGap: Math.max(1, Math.round(content / 12)),
    line: Math.max(1, Math.round(size / 24)),
    ringThickness: Math.round(content / 5.5),
  };
}

/** The nearest number with the parity of `whole`, so that it can be centred in it on whole pixels. */
export function evenLike(whole: number, pixels: number): number {
  return (whole - pixels) % 2 === 0 ? pixels : pixels + 1;
}
