import { gaugeInk, type Colour } from '../../src/main/electron/gauge-ink.js';
import { gaugeLayout } from '../../src/main/electron/gauge-layout.js';

const levels = ['normal', 'band', 'over', 'unknown'] as const;

/**
 * Reads how full a tray gauge on its own plate (as on Linux) is drawn, in percent, from its straight RGBA pixels: from the colours of
 * the gutter beside the number and nothing else. Null when the pixels are no gauge: another shape, or colours that a gauge doesn't have.
 */
export function decodeFilledPercent(rgba: Uint8Array | Uint8ClampedArray, size: number): number | null {
  if (size < 16 || rgba.length !== size * size * 4) return null;
  const { innerStart, innerEnd, readColumn } = gaugeLayout(size);
  const rows: Colour[] = [];
  for (let y = innerStart; y < innerEnd; y++) {
    const at = (y * size + readColumn) * 4;
    rows.push([rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0, (rgba[at + 3] ?? 0) / 255]);
  }
  const readings = levels.map((level) => readColumnAs(rows, level));
  const best = readings.toSorted((one, other) => one.misfit - other.misfit)[0];
  return best === undefined || best.misfit > 40 ? null : best.percent;
}

/** The filled share if the fill has the colour of this level, and how badly the rows fit it (mean distance in colour steps). */
function readColumnAs(rows: readonly Colour[], level: (typeof levels)[number]): { percent: number; misfit: number } {
  const { empty, fill } = gaugeInk({ percent: 50, level, mark: 'none', dim: false }, 'plate', true);
  let filled = 0;
  let misfit = 0;
  for (const row of rows) {
    const share = Math.min(1, Math.max(0, shareBetween(empty, fill, row)));
    filled += share;
    misfit += distance(row, mix(empty, fill, share)) + 255 * (1 - row[3]);
  }
  return { percent: (filled / rows.length) * 100, misfit: misfit / rows.length };
}

function shareBetween(from: Colour, to: Colour, at: Colour): number {
  let along = 0;
  let length = 0;
  for (const channel of [0, 1, 2] as const) {
    const step = to[channel] - from[channel];
    along += (at[channel] - from[channel]) * step;
    length += step * step;
  }
  return along / length;
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const at = (channel: 0 | 1 | 2): number => from[channel] + (to[channel] - from[channel]) * share;
  return [at(0), at(1), at(2), 1];
}

function distance(one: Colour, other: Colour): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}
