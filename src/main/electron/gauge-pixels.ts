import type { GaugeModel } from '../views/gauge-view.js';
import { layBar } from './gauge-bar.js';
import { gaugeCanvas } from './gauge-canvas.js';
import { gaugeInk, gaugeTone, type GaugeLook } from './gauge-ink.js';
import { gaugeLayout, type GaugeLayout } from './gauge-layout.js';
import { layNumber } from './gauge-number.js';
import { layRing } from './gauge-ring.js';
import { boxShape, without, type Shape } from './gauge-shapes.js';

const rimPixels = 1;

/**
 * Draws the tray gauge: RGBA, premultiplied, `size` × `size` pixels, rows from the top. How urgent it is shows by shape as well
 * as by colour: a calm gauge stands free, one to warn has a frame, one to alarm is cut out of a solid tile.
 */
export function drawGauge(gauge: GaugeModel, size: number, look: GaugeLook): Uint8ClampedArray {
  const layout = gaugeLayout(size);
  const ink = gaugeInk(gauge, look);
  const canvas = gaugeCanvas(size);
  const { framePixels } = layout;
  const rim = look.surface === 'plate' ? rimPixels : 0;
  canvas.lay(ink.rim, tileShape(layout, 0));
  canvas.lay(ink.tile, tileShape(layout, rim));
  if (gaugeTone(gauge) === 'warn') {
    // In the smallest the frame needs the rim's pixel.
    const outer = layout.start - framePixels > rimPixels ? rim : 0;
    canvas.lay(ink.frame, without(tileShape(layout, outer), tileShape(layout, outer + framePixels)));
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

/** The tile without so many pixels at each side. */
function tileShape({ size, tileRadius }: GaugeLayout, inset: number): Shape {
  const box = { left: inset, top: inset, right: size - inset, bottom: size - inset };
  return boxShape(box, tileRadius - inset);
}
