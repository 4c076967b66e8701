import { nativeImage, type NativeImage } from 'electron';
import type { GaugeModel } from '../views/gauge-view.js';
import { blueFirst, type GaugeDrawing } from './gauge-pictures.js';
import { drawGauge } from './gauge-pixels.js';

/** A drawing as an image for the tray; a template is coloured by the menu bar itself. */
export function trayImage({ pictures, look }: GaugeDrawing): NativeImage {
  const image = nativeImage.createEmpty();
  for (const { size, scale, bitmap } of pictures) {
    image.addRepresentation({ scaleFactor: scale, width: size, height: size, buffer: bitmap });
  }
  if (look.surface === 'template') image.setTemplateImage(true);
  return image;
}

/** The gauge as a picture for windows and dialogs. */
export function gaugePicture(gauge: GaugeModel): NativeImage {
  const size = 64;
  const pixels = drawGauge(gauge, size, { style: 'ring', colour: true, surface: 'plate' });
  return nativeImage.createFromBitmap(blueFirst(pixels), { width: size, height: size });
}
