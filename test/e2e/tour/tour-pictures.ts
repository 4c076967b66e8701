import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** The space between the two themes in a picture of the tour, in pixels; nothing is drawn in it. */
const gapPixels = 16;

/** Lays two PNGs side by side into one. */
export function sideBySide(left: Buffer, right: Buffer): Buffer {
  const [one, other] = [PNG.sync.read(left), PNG.sync.read(right)];
  const height = Math.max(one.height, other.height);
  const both = new PNG({ width: one.width + gapPixels + other.width, height });
  PNG.bitblt(one, both, 0, 0, one.width, one.height, 0, 0);
  PNG.bitblt(other, both, 0, 0, other.width, other.height, one.width + gapPixels, 0);
  return PNG.sync.write(both, { colorType: 2, deflateLevel: 9, filterType: 0 });
}

/** The percentage of one theme's pixels by which two such pictures differ; 100 where they are of different sizes. */
export function percentApart(committed: Buffer, taken: Buffer): number {
  const [one, other] = [PNG.sync.read(committed), PNG.sync.read(taken)];
  const { width, height } = one;
  if (width !== other.width || height !== other.height) return 100;
  const pixelsApart = pixelmatch(one.data, other.data, undefined, width, height, { threshold: 0.1 });
  return (pixelsApart / (((width - gapPixels) / 2) * height)) * 100;
}
