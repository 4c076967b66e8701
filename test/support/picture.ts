import { PNG } from 'pngjs';

/** An opaque picture that is put together from pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB, rows from the top. */
  readonly pixels: Uint8Array;
}

/** A colour: red, green, blue 0–255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A picture of one colour. */
export function plainPicture(width: number, height: number, colour: Rgb): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = colour[at % 3] ?? 0;
  return { width, height, pixels };
}

/** Colours a box of a picture, by a colour or by one for each place. */
export function paint(
  picture: Picture,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  colourAt: Rgb | ((x: number, y: number) => Rgb),
): void {
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const colour = typeof colourAt === 'function' ? colourAt(x - box.x, y - box.y) : colourAt;
      picture.pixels.set(colour, (y * picture.width + x) * 3);
    }
  }
}

/** Lays a premultiplied RGBA square over a picture, each of its pixels `zoom` × `zoom` large. */
export function layOver(
  picture: Picture,
  at: { readonly x: number; readonly y: number; readonly zoom?: number },
  rgba: Uint8ClampedArray,
  size: number,
): void {
  const { zoom = 1 } = at;
  for (let y = 0; y < size * zoom; y++) {
    for (let x = 0; x < size * zoom; x++) {
      const from = (Math.floor(y / zoom) * size + Math.floor(x / zoom)) * 4;
      const to = ((at.y + y) * picture.width + at.x + x) * 3;
      const through = 1 - (rgba[from + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel++)
        picture.pixels[to + channel] = (rgba[from + channel] ?? 0) + (picture.pixels[to + channel] ?? 0) * through;
    }
  }
}

/** The picture as a PNG file. */
export function pngOf({ width, height, pixels }: Picture): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) {
    png.data.set(pixels.subarray(at * 3, at * 3 + 3), at * 4);
    png.data[at * 4 + 3] = 255;
  }
  return PNG.sync.write(png, { colorType: 2, filterType: 0, deflateLevel: 9, deflateStrategy: 0 });
}

/** The picture in a PNG file. */
export function readPng(file: Buffer): Picture {
  const { width, height, data } = PNG.sync.read(file);
  return {
    width,
    height,
    pixels: Uint8Array.from({ length: width * height * 3 }, (_, at) => data[at + Math.floor(at / 3)] ?? 0),
  };
}
