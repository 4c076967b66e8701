import type { GaugeModel } from '../views/tray-view.js';
import { digitStrokes, type Point } from './gauge-digits.js';
import { gaugeInk, type Colour, type GaugeSurface } from './gauge-ink.js';
import { gaugeLayout, type GaugeLayout } from './gauge-layout.js';
import { clamp, disc, roundedSquare, strokeShape, type Shape } from './gauge-shapes.js';

/**
 * Draws the tray gauge: RGBA, premultiplied, `size` × `size` pixels, rows from the top. The tile is filled from the
 * bottom by the gauge's percent (of the inside of the tile, exact to a fraction of a pixel row).
 */
export function drawGauge(gauge: GaugeModel, size: number, surface: GaugeSurface): Uint8ClampedArray {
  const layout = gaugeLayout(size);
  const ink = gaugeInk(gauge, surface, layout.tileStart > 0);
  const pixels = new Float32Array(size * size * 4);
  const { tileStart, tileEnd, innerStart, innerEnd, innerRadius, outlinePixels } = layout;
  const filled = filledShape(gauge, layout);
  if (tileStart > 0) lay(pixels, size, ink.ring, roundedSquare(0, size, innerRadius + outlinePixels + tileStart));
  lay(pixels, size, ink.outline, roundedSquare(tileStart, tileEnd, innerRadius + outlinePixels));
  const inside = roundedSquare(innerStart, innerEnd, innerRadius);
  lay(pixels, size, ink.empty, inside);
  lay(pixels, size, ink.fill, (x, y) => inside(x, y) * filled(y));
  const badge = gauge.mark === 'none' ? null : badgeShapes(gauge.mark, layout);
  const number = numberShape(gauge, layout, badge?.bottom ?? null);
  lay(pixels, size, ink.digitOnEmpty, (x, y) => (filled(y) < 0.5 ? number(x, y) : 0));
  lay(pixels, size, ink.digitOnFill, (x, y) => (filled(y) < 0.5 ? 0 : number(x, y)));
  if (badge !== null) {
    if (badge.disc !== null) {
      lay(pixels, size, ink.empty, badge.rim ?? badge.disc);
      lay(pixels, size, ink.badge, badge.disc);
      lay(pixels, size, ink.badgeGlyph, badge.glyph);
    } else {
      lay(pixels, size, ink.digitOnEmpty, (x, y) => (filled(y) < 0.5 ? badge.glyph(x, y) : 0));
      lay(pixels, size, ink.digitOnFill, (x, y) => (filled(y) < 0.5 ? 0 : badge.glyph(x, y)));
    }
  }
  return Uint8ClampedArray.from(pixels);
}

/** How much of a row is filled, 0–1, by the gauge's percent. */
function filledShape(gauge: GaugeModel, layout: GaugeLayout): (row: number) => number {
  const share = Math.min(1, Math.max(0, (gauge.percent ?? 0) / 100));
  const surface = layout.innerEnd - share * (layout.innerEnd - layout.innerStart);
  return (row) => clamp(row + 1 - surface);
}

function numberShape(gauge: GaugeModel, layout: GaugeLayout, badgeBottom: number | null): Shape {
  const { size, strokePixels, digitWidth, innerStart, innerEnd, gutterPixels } = layout;
  if (badgeBottom !== null && size < 20) return () => 0;
  const half = strokePixels / 2;
  if (gauge.percent === null) {
    const width = Math.round(digitWidth * 1.2);
    const left = Math.round((size - width) / 2) + half;
    const y = badgeBottom === null ? size / 2 : Math.round((badgeBottom + innerEnd) / 2);
    const centre = strokePixels % 2 === 0 ? Math.round(y) : Math.floor(y) + 0.5;
    return strokeShape(
      [
        [
          [left, centre],
          [left + width - strokePixels, centre],
        ],
      ],
      half,
    );
  }
  const text = String(Math.min(999, Math.max(0, Math.round(gauge.percent))));
  const room = innerEnd - innerStart - gutterPixels - 1;
  const width = text.length < 3 ? digitWidth : Math.min(digitWidth, Math.floor((room - 2 * narrow(strokePixels)) / 3));
  const gap = text.length < 3 ? strokePixels : narrow(strokePixels);
  const top = badgeBottom === null ? (size - layout.digitHeight) / 2 : Math.ceil(badgeBottom) + 1;
  const height = badgeBottom === null ? layout.digitHeight : innerEnd - Math.max(1, Math.round(size / 22)) - top;
  const total = text.length * width + (text.length - 1) * gap;
  const left = Math.max(innerStart + gutterPixels, Math.floor((size - total) / 2));
  const stroke = Math.min(strokePixels, Math.max(1, Math.min(Math.floor(width / 2.5), Math.floor(height / 4.5))));
  const corner = Math.min((width - stroke) / 2, Math.max(0.75, (width - stroke) * 0.28));
  const digits = [...text].map((digit, index) =>
    strokeShape(
      digitStrokes(digit, width - stroke, height - stroke, corner).map((line) =>
        line.map(([x, y]): Point => [left + index * (width + gap) + stroke / 2 + x, top + stroke / 2 + y]),
      ),
      stroke / 2,
    ),
  );
  return (x, y) => digits.reduce((most, digit) => Math.max(most, digit(x, y)), 0);
}

function narrow(gap: number): number {
  return Math.max(1, gap - 1);
}

/** The mark in the tile's upper right corner; in the smallest images a bare glyph in place of the number. */
function badgeShapes(
  mark: Exclude<GaugeModel['mark'], 'none'>,
  layout: GaugeLayout,
): { readonly disc: Shape | null; readonly rim: Shape | null; readonly glyph: Shape; readonly bottom: number } {
  const { size } = layout;
  const bare = size < 20;
  const radius = bare ? 4 : Math.round(size * 0.22 * 2) / 2;
  const x = bare ? (layout.innerStart + layout.gutterPixels + layout.innerEnd) / 2 - 0.5 : size - radius;
  const y = bare ? size / 2 : radius;
  const rim = Math.max(1, Math.round(size / 26));
  const thick = Math.max(1, Math.round(radius * 0.34));
  const reach = radius * (bare ? 0.85 : 0.48);
  return {
    disc: bare ? null : disc(x, y, radius),
    rim: bare ? null : disc(x, y, radius + rim),
    glyph: strokeShape(markStrokes(mark, x, y, reach, thick), thick / 2),
    bottom: 2 * radius,
  };
}

function markStrokes(
  mark: Exclude<GaugeModel['mark'], 'none'>,
  x: number,
  y: number,
  reach: number,
  thick: number,
): readonly (readonly Point[])[] {
  switch (mark) {
    case 'paused':
      return [-1, 1].map((side): readonly Point[] => [
        [x + side * Math.max(thick, reach * 0.55), y - reach * 0.8],
        [x + side * Math.max(thick, reach * 0.55), y + reach * 0.8],
      ]);
    case 'exporting':
      return [
        [
          [x, y - reach],
          [x, y + reach],
        ],
        [
          [x - reach * 0.8, y + reach * 0.2],
          [x, y + reach],
          [x + reach * 0.8, y + reach * 0.2],
        ],
      ];
    case 'problem':
      return [
        [
          [x, y - reach],
          [x, y + reach * 0.25],
        ],
        [
          [x, y + reach * 1.05],
          [x, y + reach * 1.1],
        ],
      ];
  }
}

/** Lays a colour over the pixels where the shape is; a clear colour cuts a hole. */
function lay(pixels: Float32Array, size: number, colour: Colour, shape: Shape): void {
  const premultiplied = [colour[0] * colour[3], colour[1] * colour[3], colour[2] * colour[3], 255 * colour[3]];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const cover = shape(x, y);
      if (cover <= 0) continue;
      const at = (y * size + x) * 4;
      for (let channel = 0; channel < 4; channel++) {
        const under = pixels[at + channel] ?? 0;
        pixels[at + channel] = under + ((premultiplied[channel] ?? 0) - under) * cover;
      }
    }
  }
}
