import { nativeImage, type NativeImage } from 'electron';
import type { GaugeModel } from '../views/tray-view.js';
import type { GaugeSurface } from './gauge-ink.js';
import { drawGauge } from './gauge-pixels.js';

/** An image of the gauge, and the pixels by which two can be told apart. */
export interface TrayImage {
  readonly image: NativeImage;
  readonly fingerprint: string;
}

/** Side in device-independent pixels and scale of each representation that a platform picks from. */
const representations: Partial<Record<NodeJS.Platform, readonly (readonly [side: number, scale: number])[]>> = {
  darwin: [
    [18, 1],
    [18, 2],
    [18, 3],
  ],
  win32: [
    [16, 1],
    [16, 1.25],
    [16, 1.5],
    [16, 2],
    [16, 3],
  ],
};

/** Linux sends one image to the panel, which scales it: twice the usual 22 pixels, so that it shrinks evenly. */
const oneForThePanel = [[44, 1]] as const;

/** Draws the gauge for the tray of a platform; on macOS a template image, which the menu bar colours itself. */
export function trayImage(gauge: GaugeModel, platform: NodeJS.Platform, darkTaskbar: boolean): TrayImage {
  const surface = surfaceOf(platform, darkTaskbar);
  const drawings = (representations[platform] ?? oneForThePanel).map(([side, scale]) => {
    const size = Math.round(side * scale);
    return { size, scale, bitmap: blueFirst(drawGauge(gauge, size, surface)) };
  });
  const image = nativeImage.createEmpty();
  for (const { size, scale, bitmap } of drawings) {
    image.addRepresentation({ scaleFactor: scale, width: size, height: size, buffer: bitmap });
  }
  if (surface === 'template') image.setTemplateImage(true);
  const [largest] = drawings.toSorted((one, other) => other.size - one.size);
  return { image, fingerprint: `${surface} ${largest?.bitmap.toString('base64') ?? ''}` };
}

/** The gauge as a picture for windows and dialogs. */
export function gaugePicture(gauge: GaugeModel): NativeImage {
  const size = 64;
  return nativeImage.createFromBitmap(blueFirst(drawGauge(gauge, size, 'plate')), { width: size, height: size });
}

function surfaceOf(platform: NodeJS.Platform, darkTaskbar: boolean): GaugeSurface {
  if (platform === 'darwin') return 'template';
  if (platform === 'win32') return darkTaskbar ? 'dark-panel' : 'light-panel';
  return 'plate';
}

/** RGBA to BGRA, the order in which Electron takes bitmaps on the little-endian machines it runs on. */
function blueFirst(pixels: Uint8ClampedArray): Buffer {
  const bitmap = Buffer.from(pixels);
  for (let at = 0; at < bitmap.length; at += 4) {
    bitmap[at] = pixels[at + 2] ?? 0;
    bitmap[at + 2] = pixels[at] ?? 0;
  }
  return bitmap;
}
