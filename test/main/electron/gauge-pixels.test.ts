import { describe, expect, test } from 'vitest';
import type { Colour } from '../../../src/main/electron/gauge-canvas.js';
import { gaugeInk, type GaugeLook } from '../../../src/main/electron/gauge-ink.js';
import { gaugeLayout } from '../../../src/main/electron/gauge-layout.js';
import { drawGauge } from '../../../src/main/electron/gauge-pixels.js';
import type { GaugeModel } from '../../../src/main/views/gauge-view.js';
import { decodeFilledPercent } from '../../support/decode-gauge.js';

const sizes = [16, 18, 20, 22, 24, 32, 44, 64];
const styles = ['ring', 'bar', 'number'] as const;
const surfaces = ['plate', 'dark-panel', 'light-panel', 'template'] as const;
const marks: readonly GaugeModel['mark'][] = ['none', 'paused', 'exporting', 'problem'];
const levelOf = (percent: number): GaugeModel['level'] => (percent >= 95 ? 'alarm' : percent >= 75 ? 'warn' : 'normal');
const gauge = (percent: number | null, more: Partial<GaugeModel> = {}): GaugeModel => ({
  percent,
  level: percent === null ? 'unknown' : levelOf(percent),
  mark: 'none',
  dim: false,
  further: 0,
  ...more,
});
const look = (style: GaugeLook['style'], more: Partial<GaugeLook> = {}): GaugeLook => ({
  style,
  colour: true,
  surface: 'plate',
  ...more,
});
const textOf = (pixels: Uint8ClampedArray) => Buffer.from(pixels).toString('base64');

describe('the ring', () => {
  const read = (model: GaugeModel, size: number) => decodeFilledPercent(drawGauge(model, size, look('ring')), size);
  const offBy = (filled: number | 'hollow' | null, percent: number) =>
    typeof filled === 'number' ? Math.abs(filled - percent) : Number.POSITIVE_INFINITY;

  test.each(sizes)(
    'is filled to within 5 points of every percent at %i px, whatever stands in and below it',
    (size) => {
      for (const [index, mark] of marks.entries()) {
        for (let percent = 0; percent <= 100; percent++) {
          const filled = read(gauge(percent, { mark, further: index * 2 }), size);
          expect(offBy(filled, percent), `${percent} % with ${mark}, read as ${filled}`).toBeLessThan(5);
        }
      }
    },
  );

  test.each(sizes.filter((size) => size >= 20))('is hollow where nobody knows, and read when dim, at %i px', (size) => {
    expect(read(gauge(null), size)).toBe('hollow');
    expect(offBy(read(gauge(42, { dim: true }), size), 42)).toBeLessThan(14);
  });

  test('is full above 100, and not read from what is no gauge', () => {
    expect(read(gauge(160), 44)).toBeGreaterThan(97);
    expect(decodeFilledPercent(new Uint8Array(22 * 22 * 4), 22)).toBeNull();
    expect(decodeFilledPercent(new Uint8Array(22 * 22 * 4).fill(255), 22)).toBeNull();
    expect(decodeFilledPercent(new Uint8Array(7), 22)).toBeNull();
    for (const style of ['bar', 'number'] as const)
      for (const percent of [10, 40, 80, 97])
        expect(decodeFilledPercent(drawGauge(gauge(percent), 44, look(style)), 44)).toBeNull();
  });
});

describe('the bar', () => {
  test.each(sizes)('has as many pixels filled as the percent says at %i px, with every mark', (size) => {
    const { start, end, content } = gaugeLayout(size);
    for (const mark of marks) {
      for (let percent = 3; percent <= 100; percent += 8) {
        const model = gauge(percent, { mark });
        const pixels = drawGauge(model, size, look('bar'));
        const { fill, track } = gaugeInk(model, look('bar'));
        const row = mark === 'none' ? Math.floor(size / 2) : start + Math.floor(content / 5);
        let filled = 0;
        for (let x = start; x < end; x++) {
          const at = (row * size + x) * 4 + 1;
          filled += ((pixels[at] ?? 0) - track[1]) / (fill[1] - track[1]);
        }
        expect(Math.abs((filled / content) * 100 - percent), `${percent} % with ${mark}`).toBeLessThan(2);
      }
    }
  });
});

describe('the number', () => {
  test.each(sizes)('differs from every other at %i px', (size) => {
    const drawings = new Set<string>();
    for (let percent = 0; percent <= 130; percent++)
      drawings.add(textOf(drawGauge(gauge(percent, { level: 'normal', further: 1 }), size, look('number'))));
    expect(drawings.size).toBe(131);
  });
});

describe('without colour', () => {
  const levels: readonly GaugeModel[] = [
    gauge(60),
    gauge(60, { level: 'warn' }),
    gauge(60, { level: 'alarm' }),
    gauge(60, { dim: true }),
    gauge(null),
  ];
  const everything = levels.flatMap((model) =>
    marks.flatMap((mark) => [0, 1, 2, 9].map((further) => ({ ...model, mark, further }))),
  );

  test.each(sizes.flatMap((size) => styles.map((style) => [style, size] as const)))(
    'the %s at %i px still looks different in all states, by more than a few pixels',
    (style, size) => {
      const drawings = everything.map((model) =>
        shape(drawGauge(model, size, look(style, { surface: 'template' })), 0.5),
      );
      expect(new Set(drawings).size).toBe(everything.length);
      const [calm, warn, alarm, dim, hollow] = levels.map((model) =>
        shape(drawGauge(model, size, look(style, { surface: 'template' })), 0.5),
      );
      for (const [one, other] of [
        [calm, warn],
        [warn, alarm],
        [calm, alarm],
        [calm, dim],
        [calm, hollow],
        [dim, hollow],
      ])
        expect(differing(one ?? '', other ?? '')).toBeGreaterThan(size / 2);
    },
  );

  test.each(sizes.filter((size) => size >= 24))('a plate tells the bands on any panel at %i px', (size) => {
    for (const panel of [255, 230, 128, 40, 0]) {
      const shown = levels
        .slice(0, 3)
        .map((model) => onGrey(drawGauge(model, size, look('ring', { colour: false })), panel));
      for (const [one, other] of [
        [0, 1],
        [1, 2],
        [0, 2],
      ] as const) {
        const changed = shown[one]?.filter((value, at) => Math.abs(value - (shown[other]?.[at] ?? 0)) > 60).length;
        expect(changed).toBeGreaterThan(2 * size);
      }
      const rim = shown[2]?.[Math.floor(size / 2)] ?? 0;
      const tile = shown[2]?.[size * 2 + Math.floor(size / 2)] ?? 0;
      expect(Math.max(Math.abs(panel - rim), Math.abs(panel - tile))).toBeGreaterThan(100);
    }
  });

  test.each(styles)('a monochrome %s has no hue', (style) => {
    for (const surface of surfaces) {
      for (const model of everything.filter(({ percent, dim }) => percent !== null && !dim)) {
        const pixels = drawGauge(model, 22, look(style, { surface, colour: false }));
        for (let at = 0; at < pixels.length; at += 4) {
          const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
          expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(8);
        }
      }
    }
  });

  test.each(styles)('a template of a %s is black and alpha only', (style) => {
    for (const model of everything) {
      const pixels = drawGauge(model, 36, look(style, { surface: 'template' }));
      expect(pixels.every((value, at) => value === 0 || at % 4 === 3)).toBe(true);
      expect(pixels.some((value) => value >= 150)).toBe(true);
    }
  });
});

describe('further sessions', () => {
  test.each(sizes.flatMap((size) => styles.map((style) => [style, size] as const)))(
    'are one mark each in the %s at %i px, up to what fits, then a plus',
    (style, size) => {
      const drawn = Array.from({ length: 12 }, (_, further) =>
        textOf(drawGauge(gauge(42, { further }), size, look(style))),
      );
      expect(new Set(drawn.slice(0, 4)).size).toBe(4);
      expect(drawn[9]).not.toBe(drawn[3]);
      expect(drawn[11]).toBe(drawn[9]);
    },
  );
});

describe('contrast', () => {
  const models = [gauge(40), gauge(80), gauge(97), gauge(null), gauge(40, { dim: true })];
  const grounds = {
    plate: [],
    'dark-panel': [
      [0, 0, 0, 1],
      [32, 32, 32, 1],
      [45, 45, 48, 1],
    ],
    'light-panel': [
      [255, 255, 255, 1],
      [236, 236, 238, 1],
    ],
  } as const satisfies Record<string, readonly Colour[]>;

  test.each(['plate', 'dark-panel', 'light-panel'] as const)('of all that is drawn is enough on a %s', (surface) => {
    for (const colour of [true, false]) {
      for (const model of marks.flatMap((mark) => models.map((one) => ({ ...one, mark })))) {
        const ink = gaugeInk(model, look('ring', { surface, colour }));
        const under = ink.tile[3] === 0 ? grounds[surface] : [ink.tile];
        for (const ground of under) {
          for (const part of ['fill', 'mark', 'further'] as const)
            expect(contrast(ink[part], ground), `${part} of ${JSON.stringify(model)}`).toBeGreaterThanOrEqual(3);
          expect(contrast(ink.digits, ground)).toBeGreaterThanOrEqual(4.4);
          expect(contrast(ink.fill, flat(ink.track, ground))).toBeGreaterThanOrEqual(2);
        }
        const beside = ink.tile[3] === 0 ? [] : grounds[surface];
        for (const ground of beside) expect(contrast(ink.tile, ground)).toBeGreaterThanOrEqual(3);
      }
    }
  });
});

test.each(sizes)('colours are premultiplied at %i px', (size) => {
  for (const style of styles) {
    const pixels = drawGauge(gauge(80, { mark: 'problem', further: 3 }), size, look(style, { surface: 'light-panel' }));
    expect(pixels.every((value, at) => value <= (pixels[at - (at % 4) + 3] ?? 0) + 1)).toBe(true);
  }
});

/** Which pixels are more opaque than `least`, as ones and zeros. */
function shape(pixels: Uint8ClampedArray, least: number): string {
  return Array.from({ length: pixels.length / 4 }, (_, at) => ((pixels[at * 4 + 3] ?? 0) > least * 255 ? 1 : 0)).join(
    '',
  );
}

/** The red of each pixel on a panel of a grey. */
function onGrey(pixels: Uint8ClampedArray, grey: number): readonly number[] {
  return Array.from(
    { length: pixels.length / 4 },
    (_, at) => (pixels[at * 4] ?? 0) + grey * (1 - (pixels[at * 4 + 3] ?? 0) / 255),
  );
}

function differing(one: string, other: string): number {
  return [...one].filter((value, at) => value !== other[at]).length;
}

function flat(colour: Colour, ground: Colour): Colour {
  const at = (channel: 0 | 1 | 2): number => colour[channel] * colour[3] + ground[channel] * (1 - colour[3]);
  return [at(0), at(1), at(2), 1];
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
