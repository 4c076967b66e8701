import type { Colour } from '../../src/main/electron/gauge-canvas.js';
import { gaugeInk, type GaugeInk, type GaugeLook } from '../../src/main/electron/gauge-ink.js';
import { gaugeLayout } from '../../src/main/electron/gauge-layout.js';
import type { GaugeModel } from '../../src/main/views/gauge-view.js';

const calm: GaugeModel = { percent: 50, level: 'normal', mark: 'none', dim: false, further: 0 };
const readable: readonly GaugeModel[] = [
  calm,
  { ...calm, level: 'warn' },
  { ...calm, level: 'alarm' },
  { ...calm, dim: true },
];
const arcStart = 135;
const arcDegrees = 270;
const look: GaugeLook = { style: 'ring', colour: true, surface: 'plate' };

/**
 * Reads how full a ring in colour on its own plate (as on Linux) is drawn, in percent, from its straight RGBA pixels: from the colours
 * along the middle of its line and nothing else. `hollow`: its outline alone is there. Null when the pixels are no such gauge.
 */
export function decodeFilledPercent(rgba: Uint8Array | Uint8ClampedArray, size: number): number | 'hollow' | null {
  if (size < 16 || rgba.length !== size * size * 4) return null;
  const { content, ringThickness, line } = gaugeLayout(size);
  const alongLine = coloursAlong(rgba, size, (content - ringThickness) / 2);
  const hollow = gaugeInk({ ...calm, percent: null, level: 'unknown' }, look);
  const outline = coloursAlong(rgba, size, (content - line) / 2);
  const isOutlined = meanDistance(outline, [hollow.fill]) < 80;
  if (isOutlined && meanDistance(alongLine, [hollow.tile]) < 100) return 'hollow';
  const around = coloursAlong(rgba, size, content / 2 + 1);
  const readings = readable.map((gauge) => {
    const { percent, misfit, drawn } = readAs(alongLine, around, gaugeInk(gauge, look));
    // A ring that isn't current is in pieces.
    return { percent, misfit: drawn > (gauge.dim ? 0.45 : 0.85) ? misfit : Number.POSITIVE_INFINITY };
  });
  const best = readings.toSorted((one, other) => one.misfit - other.misfit)[0];
  return best === undefined || best.misfit > 30 ? null : best.percent;
}

/**
 * The filled share if the ring has these colours, how badly its colours fit them (mean distance in colour steps), and how much
 * of its line is drawn, 0–1.
 */
function readAs(
  colours: readonly Colour[],
  around: readonly Colour[],
  ink: GaugeInk,
): { readonly percent: number; readonly misfit: number; readonly drawn: number } {
  const line = colours.filter((colour) => distance(colour, ink.tile) > 30);
  const filled = line.reduce((sum, colour) => sum + shareBetween(ink.track, ink.fill, colour), 0);
  const stands = meanDistance(around, [ink.tile]) < 60;
  return {
    percent: (filled / line.length) * 100,
    drawn: line.length / colours.length,
    misfit: stands ? meanDistance(colours, [ink.fill, ink.track, ink.tile]) : Number.POSITIVE_INFINITY,
  };
}

/** How far a colour lies on the way from one to another, 0–1. */
function shareBetween(from: Colour, to: Colour, at: Colour): number {
  let along = 0;
  let length = 0;
  for (const channel of [0, 1, 2] as const) {
    const step = to[channel] - from[channel];
    along += (at[channel] - from[channel]) * step;
    length += step * step;
  }
  return Math.min(1, Math.max(0, along / length));
}

/** The colours of the pixels at a distance from the middle, from the arc's start to its end. */
function coloursAlong(rgba: Uint8Array | Uint8ClampedArray, size: number, radius: number): readonly Colour[] {
  return Array.from({ length: arcDegrees - 4 }, (_, index) => {
    const angle = ((arcStart + 2 + index) * Math.PI) / 180;
    const x = Math.floor(size / 2 + radius * Math.cos(angle));
    const y = Math.floor(size / 2 + radius * Math.sin(angle));
    const at = (y * size + x) * 4;
    return [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0, (rgba[at + 3] ?? 0) / 255];
  });
}

function meanDistance(colours: readonly Colour[], parts: readonly Colour[]): number {
  const distances = colours.map((colour) => Math.min(...parts.map((part) => distance(part, colour))));
  return distances.reduce((sum, value) => sum + value, 0) / distances.length;
}

function distance(one: Colour, other: Colour): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2], 255 * (one[3] - other[3]));
}
