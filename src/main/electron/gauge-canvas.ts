import type { Shape } from './gauge-shapes.js';

/** A straight (not premultiplied) colour: red, green, blue 0–255, alpha 0–1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** A square picture that shapes are laid on. */
export interface GaugeCanvas {
  /** Replaces what is there by a colour where the shape is; a clear colour cuts a hole. */
  readonly lay: (colour: Colour, shape: Shape) => void;
  /** RGBA, premultiplied, rows from the top. */
  readonly pixels: () => Uint8ClampedArray;
}

/** An empty, clear picture of `size` × `size` pixels. */
export function gaugeCanvas(size: number): GaugeCanvas {
  const pixels = new Float32Array(size * size * 4);
  return {
    lay(colour, { within, cover: coverAt }) {
      if (!(within.left < within.right)) return;
      const bottom = Math.min(size, Math.ceil(within.bottom));
      const right = Math.min(size, Math.ceil(within.right));
      const premultiplied = [colour[0] * colour[3], colour[1] * colour[3], colour[2] * colour[3], 255 * colour[3]];
      for (let y = Math.max(0, Math.floor(within.top)); y < bottom; y++) {
        for (let x = Math.max(0, Math.floor(within.left)); x < right; x++) {
          const cover = coverAt(x, y);
          if (cover <= 0) continue;
          const at = (y * size + x) * 4;
          for (let channel = 0; channel < 4; channel++) {
            const under = pixels[at + channel] ?? 0;
            pixels[at + channel] = under + ((premultiplied[channel] ?? 0) - under) * cover;
          }
        }
      }
    },
    pixels: () => Uint8ClampedArray.from(pixels),
  };
}
