import type { GaugeModel } from '../views/tray-view.js';

/** A straight (not premultiplied) colour: red, green, blue 0–255, alpha 0–1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/**
 * What the gauge is drawn for. `plate`: any panel, on a dark tile of its own (Linux, where nobody tells the panel's
 * colour); `dark-panel` and `light-panel`: a taskbar whose theme is known; `template`: macOS, black and alpha only.
 */
export type GaugeSurface = 'plate' | 'dark-panel' | 'light-panel' | 'template';

/** The colours of the gauge's parts. */
export interface GaugeInk {
  /** Ring around the tile that tells "in the export band or above" without colour; clear when below. */
  readonly ring: Colour;
  readonly outline: Colour;
  readonly empty: Colour;
  readonly fill: Colour;
  readonly digitOnEmpty: Colour;
  readonly digitOnFill: Colour;
  readonly badge: Colour;
  readonly badgeGlyph: Colour;
}

const clear: Colour = [0, 0, 0, 0];
const white: Colour = [255, 255, 255, 1];
const black: Colour = [0, 0, 0, 1];
const night: Colour = [16, 17, 20, 1];
const blue: Colour = [58, 120, 226, 1];

/** Luminance about 0.2: at least 3:1 against a light panel, against a dark one, under white digits and under dark ones. */
const tones = {
  normal: [28, 144, 88, 1],
  band: [190, 102, 0, 1],
  over: [226, 62, 62, 1],
  dim: [120, 125, 134, 1],
} as const satisfies Record<string, Colour>;

/** The colours for a gauge on a surface; where there is no room for a ring, the outline takes its colour. */
export function gaugeInk(gauge: GaugeModel, surface: GaugeSurface, roomForRing: boolean): GaugeInk {
  const tone = tones[gauge.dim || gauge.level === 'unknown' ? 'dim' : gauge.level];
  const urgent = !gauge.dim && (gauge.level === 'band' || gauge.level === 'over');
  const badge = gauge.mark === 'problem' ? tones.over : gauge.mark === 'exporting' ? blue : white;
  switch (surface) {
    case 'plate':
      return {
        ring: urgent ? tone : clear,
        outline: !urgent ? tones.dim : roomForRing ? night : tone,
        empty: night,
        fill: tone,
        digitOnEmpty: white,
        digitOnFill: white,
        badge,
        badgeGlyph: gauge.mark === 'paused' ? night : white,
      };
    case 'dark-panel':
      return {
        ring: urgent ? tone : clear,
        outline: !urgent ? [196, 200, 206, 1] : roomForRing ? clear : tone,
        empty: clear,
        fill: tone,
        digitOnEmpty: white,
        digitOnFill: white,
        badge,
        badgeGlyph: gauge.mark === 'paused' ? night : white,
      };
    case 'light-panel':
      return {
        ring: urgent ? tone : clear,
        outline: !urgent ? [92, 96, 104, 1] : roomForRing ? clear : tone,
        empty: clear,
        fill: tone,
        digitOnEmpty: night,
        digitOnFill: night,
        badge: gauge.mark === 'paused' ? night : badge,
        badgeGlyph: white,
      };
    case 'template': {
      const ink: Colour = gauge.dim ? [0, 0, 0, 0.55] : black;
      return {
        ring: urgent ? black : clear,
        outline: urgent && roomForRing ? clear : ink,
        empty: clear,
        fill: ink,
        digitOnEmpty: ink,
        digitOnFill: clear,
        badge: black,
        badgeGlyph: clear,
      };
    }
  }
}
