import type { GaugeModel } from '../views/gauge-view.js';
import { layBar } from './gauge-bar.js';
import { gaugeCanvas } from './gauge-canvas.js';
import { gaugeInk, gaugeTone, type GaugeLook } from './gauge-ink.js';
import { gaugeLayout } from './gauge-layout.js';
import { layNumber } from './gauge-number.js';
import { layRing } from './gauge-ring.js';
import { boxShape, without } from './gauge-shapes.js';

/**
 * Draws the tray gauge: RGBA, premultiplied, `size` × `size` pixels, rows from the top. How urgent it is shows by shape as well
 * as by colour: a calm gauge stands free, one to warn has a frame, one to alarm is cut out of a solid tile.
 */
export function drawGauge(gauge: GaugeModel, size: number, look: GaugeLook): Uint8ClampedArray {
  const layout = gaugeLayout(size);
  const ink = gaugeInk(gauge, look);
  const canvas = gaugeCanvas(size);
  const { tileRadius, framePixels } = layout;
  const tile = boxShape({ left: 0, top: 0, right: size, bottom: size }, tileRadius);
  canvas.lay(ink.tile, tile);
  if (gaugeTone(gauge) === 'warn') {
    const inside = { left: framePixels, top: framePixels, right: size - framePixels, bottom: size - framePixels };
    canvas.lay(ink.frame, without(tile, boxShape(inside, tileRadius - framePixels)));
  }
  const parts = { gauge, layout, ink, tone: gaugeTone(gauge), lay: canvas.lay };
  switch (look.style) {
    case 'ring':
      layRing(parts);
      break;
    case 'bar':
      layBar(parts);
      break;
    case 'number':
      layNumber(parts);
      break;
  }
  return canvas.pixels();
}
