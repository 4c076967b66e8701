import type { GaugeModel } from '../views/gauge-view.js';
import type { TrayView } from '../views/tray-view.js';
import type { GaugeLook } from './gauge-ink.js';
import { drawGauge } from './gauge-pixels.js';

/** One representation of the tray's image: premultiplied BGRA, `size` × `size` pixels, for screens of a scale. */
export interface GaugePicture {
  readonly size: number;
  readonly scale: number;
  readonly bitmap: Buffer;
}

/** What of a view the gauge is drawn from. */
export type GaugeView = Pick<TrayView, 'gauge' | 'style' | 'colour'>;

/** Side in device-independent pixels and scale of each representation that a platform picks from. */
const representations: Partial<Record<NodeJS.Platform, readonly (readonly [side: number, scale: number])[]>> = {
  darwin: [1, 2, 3].map((scale) => [18, scale]),
  win32: [1, 1.25, 1.5, 1.75, 2, 2.5, 3].map((scale) => [16, scale]),
};

/** Linux sends one image to the panel, which scales it: twice the usual 22 pixels, so that it shrinks evenly. */
const oneForThePanel = [[44, 1]] as const;
const mostPercent = 999;
/** More than any size has room for. */
const mostFurther = 9;

/** How a platform's tray wants the gauge. In colour it gets a plate on macOS too, where nobody tells how dark the menu bar is. */
export function gaugeLook(view: GaugeView, platform: NodeJS.Platform, darkTaskbar: boolean): GaugeLook {
  const { style } = view;
  const colour = view.colour === 'colour' || (view.colour === 'auto' && platform !== 'darwin');
  if (platform === 'darwin') return { style, colour, surface: colour ? 'plate' : 'template' };
  if (platform === 'win32') return { style, colour, surface: darkTaskbar ? 'dark-panel' : 'light-panel' };
  return { style, colour, surface: 'plate' };
}

/** Draws all representations of a gauge for a platform. */
export function gaugePictures(gauge: GaugeModel, look: GaugeLook, platform: NodeJS.Platform): readonly GaugePicture[] {
  return (representations[platform] ?? oneForThePanel).map(([side, scale]) => {
    const size = Math.round(side * scale);
    return { size, scale, bitmap: blueFirst(drawGauge(gauge, size, look)) };
  });
}

/** What an image is made of. */
export interface GaugeDrawing {
  readonly pictures: readonly GaugePicture[];
  readonly look: GaugeLook;
}

/**
 * Makes a function that hands back what to show for a view, or null where that is the same as before: drawn only when
 * something visible has changed in the view, handed back only when a pixel has.
 */
export function changedDrawings(
  platform: NodeJS.Platform,
  draw = gaugePictures,
): (view: GaugeView, darkTaskbar: boolean) => GaugeDrawing | null {
  let drawn = '';
  let shown: readonly GaugePicture[] = [];
  return (view, darkTaskbar) => {
    const look = gaugeLook(view, platform, darkTaskbar);
    const gauge = asShown(view.gauge, look);
    const wanted = JSON.stringify([gauge, look]);
    if (wanted === drawn) return null;
    drawn = wanted;
    const pictures = draw(gauge, look, platform);
    const isSame = shown.length > 0 && pictures.every(({ bitmap }, at) => shown[at]?.bitmap.equals(bitmap) === true);
    shown = pictures;
    return isSame ? null : { pictures, look };
  };
}

/** The gauge without what nobody can see: whole percent, and no more than the picture has room for. */
function asShown(gauge: GaugeModel, { style }: GaugeLook): GaugeModel {
  const most = style === 'number' ? mostPercent : 100;
  return {
    ...gauge,
    percent: gauge.percent === null ? null : Math.min(most, Math.max(0, Math.round(gauge.percent))),
    further: Math.min(mostFurther, gauge.further),
  };
}

/** RGBA to BGRA, the order in which Electron takes bitmaps on the little-endian machines it runs on. */
export function blueFirst(pixels: Uint8ClampedArray): Buffer {
  const bitmap = Buffer.from(pixels);
  for (let at = 0; at < bitmap.length; at += 4) {
    bitmap[at] = pixels[at + 2] ?? 0;
    bitmap[at + 2] = pixels[at] ?? 0;
  }
  return bitmap;
}
