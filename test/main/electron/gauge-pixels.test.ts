import { describe, expect, test } from 'vitest';
import { gaugeInk, type Colour } from '../../../src/main/electron/gauge-ink.js';
import { gaugeLayout } from '../../../src/main/electron/gauge-layout.js';
import { drawGauge } from '../../../src/main/electron/gauge-pixels.js';
import type { GaugeModel } from '../../../src/main/views/tray-view.js';
import { decodeFilledPercent } from '../../support/decode-gauge.js';

const sizes = [16, 20, 22, 24, 32, 44, 48, 64];
const levelOf = (percent: number): GaugeModel['level'] => (percent > 95 ? 'over' : percent >= 75 ? 'band' : 'normal');
const gauge = (percent: number | null, more: Partial<GaugeModel> = {}): GaugeModel => ({
  percent,
  level: percent === null ? 'unknown' : levelOf(percent),
  mark: 'none',
  dim: false,
  ...more,
});
const marks: readonly GaugeModel['mark'][] = ['none', 'paused', 'exporting', 'problem'];

describe('the filled part', () => {
  test.each(sizes)('is within 5 points of every percent at %i px, with every mark', (size) => {
    for (const mark of marks) {
      for (let percent = 0; percent <= 100; percent++) {
        const decoded = decodeFilledPercent(drawGauge(gauge(percent, { mark }), size, 'plate'), size);
        expect(
          Math.abs((decoded ?? Number.NaN) - percent),
          `${percent} % with ${mark}, read as ${decoded}`,
        ).toBeLessThan(5);
      }
    }
  });

  test.each(sizes)('is read from a dim gauge, and as 0 from a hollow one, at %i px', (size) => {
    const dim = decodeFilledPercent(drawGauge(gauge(42, { dim: true }), size, 'plate'), size);
    expect(Math.abs((dim ?? Number.NaN) - 42)).toBeLessThan(5);
    expect(decodeFilledPercent(drawGauge(gauge(null), size, 'plate'), size)).toBeLessThan(3);
  });

  test('is clamped to the tile above 100 and below 0', () => {
    expect(decodeFilledPercent(drawGauge(gauge(160), 44, 'plate'), 44)).toBeGreaterThan(97);
    expect(decodeFilledPercent(drawGauge(gauge(-3, { level: 'normal' }), 44, 'plate'), 44)).toBeLessThan(3);
  });

  test('is not read from what is no gauge', () => {
    expect(decodeFilledPercent(new Uint8Array(22 * 22 * 4), 22)).toBeNull();
    expect(decodeFilledPercent(new Uint8Array(22 * 22 * 4).fill(255), 22)).toBeNull();
    expect(decodeFilledPercent(new Uint8Array(7), 22)).toBeNull();
  });
});

describe('the number', () => {
  test.each(sizes)('differs from its neighbours at %i px', (size) => {
    const drawings = new Set<string>();
    for (let percent = 0; percent <= 130; percent++) {
      drawings.add(numberPixels(drawGauge(gauge(percent, { level: 'normal' }), size, 'dark-panel'), size));
    }
    expect(drawings.size).toBe(131);
  });

  test.each(sizes)('keeps out of the column that shows the fill at %i px', (size) => {
    const { readColumn, innerStart, innerEnd } = gaugeLayout(size);
    for (const percent of [0, 8, 44, 88, 100, 128]) {
      const pixels = drawGauge(gauge(percent), size, 'plate');
      for (let y = innerStart; y < innerEnd; y++) {
        const at = (y * size + readColumn) * 4;
        expect(Math.min(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)).toBeLessThan(135);
      }
    }
  });

  test.each(sizes)('is not drawn where nobody knows it at %i px', (size) => {
    const hollow = numberPixels(drawGauge(gauge(null), size, 'plate'), size);
    expect(hollow).not.toBe(numberPixels(drawGauge(gauge(0, { level: 'unknown' }), size, 'plate'), size));
  });
});

describe('contrast', () => {
  const lightPanels: readonly Colour[] = [
    [255, 255, 255, 1],
    [236, 236, 238, 1],
  ];
  const darkPanels: readonly Colour[] = [
    [0, 0, 0, 1],
    [32, 32, 32, 1],
    [45, 45, 48, 1],
  ];
  const models = [gauge(40), gauge(80), gauge(97), gauge(null), gauge(40, { dim: true })];

  test.each(models)('of the fill and the edge is at least 3:1 on light and dark panels: $percent $level', (model) => {
    const ink = gaugeInk(model, 'plate', true);
    for (const panel of [...lightPanels, ...darkPanels]) {
      expect(contrast(ink.fill, panel)).toBeGreaterThanOrEqual(3);
      const edge = ink.ring[3] === 0 ? ink.outline : ink.ring;
      expect(contrast(edge, panel)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(ink.fill, ink.empty)).toBeGreaterThanOrEqual(3);
    expect(contrast(ink.digitOnFill, ink.fill)).toBeGreaterThanOrEqual(3);
    expect(contrast(ink.digitOnEmpty, ink.empty)).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['dark-panel', darkPanels],
    ['light-panel', lightPanels],
  ] as const)('on a taskbar of known theme: %s', (surface, panels) => {
    for (const model of models) {
      const ink = gaugeInk(model, surface, true);
      for (const panel of panels) {
        expect(contrast(ink.fill, panel)).toBeGreaterThanOrEqual(3);
        expect(contrast(ink.digitOnEmpty, panel)).toBeGreaterThanOrEqual(3);
      }
      expect(contrast(ink.digitOnFill, ink.fill)).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(sizes)('is really in the pixels of the edge at %i px', (size) => {
    const pixels = drawGauge(gauge(40), size, 'plate');
    const { tileStart } = gaugeLayout(size);
    const at = (Math.floor(size / 2) * size + tileStart) * 4;
    const edge: Colour = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0, (pixels[at + 3] ?? 0) / 255];
    expect(edge[3]).toBe(1);
    for (const panel of [...lightPanels, ...darkPanels]) expect(contrast(edge, panel)).toBeGreaterThanOrEqual(3);
  });
});

test.each(sizes)('a template is black and alpha only at %i px', (size) => {
  const pixels = drawGauge(gauge(60, { mark: 'problem' }), size, 'template');
  for (let at = 0; at < pixels.length; at += 4) {
    expect([pixels[at], pixels[at + 1], pixels[at + 2]]).toEqual([0, 0, 0]);
  }
  expect(pixels.some((value) => value === 255)).toBe(true);
});

test.each(sizes)('colours are premultiplied at %i px', (size) => {
  const pixels = drawGauge(gauge(80, { mark: 'problem' }), size, 'light-panel');
  for (let at = 0; at < pixels.length; at += 4) {
    expect(Math.max(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)).toBeLessThanOrEqual(
      pixels[at + 3] ?? 0,
    );
  }
});

test.each(sizes.filter((size) => size >= 20))('every mark and the band show without colour at %i px', (size) => {
  const shapes = [
    ...marks.map((mark) => gauge(60, { mark })),
    gauge(60, { level: 'band' }),
    gauge(60, { dim: true }),
    gauge(null),
  ].map((model) => Buffer.from(drawGauge(model, size, 'template')).toString('base64'));
  expect(new Set(shapes).size).toBe(shapes.length);
});

function numberPixels(pixels: Uint8ClampedArray, size: number): string {
  const { innerStart, innerEnd, gutterPixels } = gaugeLayout(size);
  const values: number[] = [];
  for (let y = innerStart; y < innerEnd; y++) {
    for (let x = innerStart + gutterPixels; x < innerEnd - 1; x++) {
      const at = (y * size + x) * 4;
      values.push(Math.min(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0) > 200 ? 1 : 0);
    }
  }
  return values.join('');
}

function contrast(one: Colour, other: Colour): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = [colour[0], colour[1], colour[2]].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
