import type { GaugeModel } from '../views/gauge-view.js';
import type { Colour } from './gauge-canvas.js';

/**
 * What the gauge is drawn for. `plate`: any panel, on a dark tile of its own (Linux, where nobody tells the panel's
 * colour); `dark-panel` and `light-panel`: a taskbar whose theme is known; `template`: macOS, black and alpha only.
 */
export type GaugeSurface = 'plate' | 'dark-panel' | 'light-panel' | 'template';

/** How the gauge is drawn; `colour` says nothing on a template. */
export interface GaugeLook {
  readonly style: 'ring' | 'bar' | 'number';
  readonly colour: boolean;
  readonly surface: GaugeSurface;
}

/** What a gauge is in, whatever its percent: estimated and old figures are `dim` and no alarm. */
export type GaugeTone = 'unknown' | 'dim' | 'normal' | 'warn' | 'alarm';

/** The colours of the gauge's parts; clear for what isn't drawn. */
export interface GaugeInk {
  /** The plate's outermost pixel, dark so that a light tile and a light frame show on a light panel too. */
  readonly rim: Colour;
  readonly tile: Colour;
  /** The line around the tile that tells "warn" without colour. */
  readonly frame: Colour;
  readonly fill: Colour;
  /** The part of the gauge that is not full. */
  readonly track: Colour;
  readonly digits: Colour;
  readonly mark: Colour;
  /** The small marks of further sessions. */
  readonly further: Colour;
}

const clear: Colour = [0, 0, 0, 0];
const white: Colour = [255, 255, 255, 1];
const black: Colour = [0, 0, 0, 1];
const night: Colour = [22, 23, 27, 1];

/** For dark ground: the plate and dark taskbars. */
const bright = {
  normal: [58, 203, 134, 1],
  warn: [255, 176, 40, 1],
  alarm: [226, 48, 54, 1],
  grey: [178, 182, 190, 1],
  exporting: [122, 178, 255, 1],
  problem: [255, 116, 110, 1],
} as const satisfies Record<string, Colour>;

/** For light taskbars. */
const deep = {
  normal: [10, 122, 72, 1],
  warn: [164, 80, 0, 1],
  alarm: [200, 30, 40, 1],
  grey: [104, 108, 116, 1],
  exporting: [28, 92, 208, 1],
  problem: [200, 30, 40, 1],
} as const satisfies Record<string, Colour>;

/** Which tone a gauge has. */
export function gaugeTone(gauge: GaugeModel): GaugeTone {
  return gauge.percent === null ? 'unknown' : gauge.dim ? 'dim' : gauge.level;
}

/** The colours for a gauge in a look. */
export function gaugeInk(gauge: GaugeModel, look: GaugeLook): GaugeInk {
  const tone = gaugeTone(gauge);
  if (look.surface === 'template') return templateInk(tone);
  const light = look.surface === 'light-panel';
  const tones = light ? deep : bright;
  const glyph = light ? night : white;
  const ground = look.surface === 'plate' ? night : clear;
  if (tone === 'alarm') {
    const tile = look.colour ? tones.alarm : glyph;
    const onTile = look.colour || light ? white : night;
    return { ...allOf(onTile), rim: ground, tile, frame: clear, track: between(tile, onTile, 0.32) };
  }
  const faint: Colour = [glyph[0], glyph[1], glyph[2], tone === 'dim' ? 0.18 : 0.3];
  const grey = tone === 'dim' || tone === 'unknown';
  const fill = grey ? tones.grey : look.colour ? tones[tone] : glyph;
  return {
    rim: ground,
    tile: ground,
    frame: tone === 'warn' ? fill : clear,
    fill,
    track: look.surface === 'plate' ? between(night, white, tone === 'dim' ? 0.16 : 0.26) : faint,
    digits: grey || (tone === 'warn' && look.colour) ? fill : glyph,
    mark:
      look.colour && gauge.mark === 'exporting'
        ? tones.exporting
        : look.colour && gauge.mark === 'problem'
          ? tones.problem
          : glyph,
    further: glyph,
  };
}

/** What is laid on the solid tile of an alarm is cut out of it. */
function templateInk(tone: GaugeTone): GaugeInk {
  if (tone === 'alarm') return { ...allOf(clear), rim: clear, tile: black, frame: clear, track: [0, 0, 0, 0.66] };
  const ink: Colour = tone === 'dim' ? [0, 0, 0, 0.6] : black;
  return {
    ...allOf(ink),
    rim: clear,
    tile: clear,
    frame: tone === 'warn' ? black : clear,
    track: [0, 0, 0, tone === 'dim' ? 0.18 : 0.28],
    mark: black,
    further: black,
  };
}

function allOf(ink: Colour): Pick<GaugeInk, 'fill' | 'digits' | 'mark' | 'further'> {
  return { fill: ink, digits: ink, mark: ink, further: ink };
}

function between(from: Colour, to: Colour, share: number): Colour {
  const at = (channel: 0 | 1 | 2): number => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [at(0), at(1), at(2), 1];
}
