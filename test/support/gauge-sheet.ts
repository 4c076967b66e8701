import type { GaugeLook } from '../../src/main/electron/gauge-ink.js';
import { drawGauge } from '../../src/main/electron/gauge-pixels.js';
import type { GaugeModel } from '../../src/main/views/gauge-view.js';
import { letterPixels } from './pixel-letters.js';
import { layOver, paint, plainPicture, type Picture, type Rgb } from './picture.js';

const calm: GaugeModel = { percent: 42, level: 'normal', mark: 'none', dim: false, further: 0 };
const warning: GaugeModel = { ...calm, percent: 78, level: 'warn' };
const alarming: GaugeModel = { ...calm, percent: 97, level: 'alarm' };

/** Every state of the gauge that differs, with its words. */
export const gaugeStates: readonly (readonly [words: string, gauge: GaugeModel])[] = [
  ['nothing known', { ...calm, percent: null, level: 'unknown' }],
  ['5', { ...calm, percent: 5 }],
  ['42', calm],
  ['42 stale', { ...calm, dim: true }],
  ['78 warn', warning],
  ['97 alarm', alarming],
  ['128 alarm', { ...alarming, percent: 128 }],
  ['42, 1 more', { ...calm, further: 1 }],
  ['42, 3 more', { ...calm, further: 3 }],
  ['78, many more', { ...warning, further: 12 }],
  ['42 paused', { ...calm, mark: 'paused' }],
  ['78 exporting', { ...warning, mark: 'exporting' }],
  ['42 failed', { ...calm, mark: 'problem' }],
  ['97 failed, 2 more', { ...alarming, mark: 'problem', further: 2 }],
  ['78 export, many', { ...warning, mark: 'exporting', further: 12 }],
  ['unknown paused', { ...calm, percent: null, level: 'unknown', mark: 'paused' }],
];

/** What a gauge lies on. */
export const grounds = {
  'light panel': (): Rgb => [240, 240, 242],
  'dark panel': (): Rgb => [38, 38, 42],
  'mid grey': (): Rgb => [128, 128, 128],
  wallpaper: (x: number, y: number): Rgb => {
    const wave = (x * 3 + y * 5) % 48;
    if (wave < 11) return [236, 196, 92];
    if (wave < 22) return [40, 92, 148];
    return wave < 35 ? [196, 72, 96] : [222, 232, 226];
  },
} as const satisfies Record<string, (x: number, y: number) => Rgb>;

/** A column of the sheet: a ground, and what is drawn on it. `inverted`: as macOS shows a template on a dark menu bar. */
interface Column {
  readonly words: string;
  readonly ground: keyof typeof grounds;
  readonly surface: GaugeLook['surface'];
  readonly colour: boolean;
  readonly inverted?: boolean;
}

const anyGround = Object.keys(grounds) as readonly (keyof typeof grounds)[];
const columns: readonly Column[] = [
  ...anyGround.map((ground): Column => ({ words: 'linux colour', ground, surface: 'plate', colour: true })),
  ...anyGround.map((ground): Column => ({ words: 'linux monochrome', ground, surface: 'plate', colour: false })),
  { words: 'windows light colour', ground: 'light panel', surface: 'light-panel', colour: true },
  { words: 'windows dark colour', ground: 'dark panel', surface: 'dark-panel', colour: true },
  { words: 'windows light mono', ground: 'light panel', surface: 'light-panel', colour: false },
  { words: 'windows dark mono', ground: 'dark panel', surface: 'dark-panel', colour: false },
  { words: 'macos template', ground: 'light panel', surface: 'template', colour: false },
  { words: 'macos template', ground: 'dark panel', surface: 'template', colour: false, inverted: true },
];
/** Each size with its place in a cell. */
const sizePlaces = [
  [64, 4, 4],
  [44, 72, 4],
  [20, 72, 50],
  [32, 120, 4],
  [24, 120, 44],
  [22, 156, 4],
  [16, 156, 32],
] as const;
const cell = { width: 182, height: 74 };
const head = 26;
const side = 116;
const ink: Rgb = [60, 62, 68];

/** All states of one style, in all sizes, on all grounds: a row a state, a column a ground. */
export function gaugeSheet(style: GaugeLook['style']): Picture {
  const sheet = plainPicture(
    side + columns.length * cell.width,
    head + gaugeStates.length * cell.height,
    [255, 255, 255],
  );
  columns.forEach((column, index) => {
    const x = side + index * cell.width;
    write(sheet, x + 4, 5, column.words);
    write(sheet, x + 4, 14, `on ${column.ground}`);
    gaugeStates.forEach(([, gauge], row) => {
      const y = head + row * cell.height;
      paint(sheet, { x, y, ...cell }, grounds[column.ground]);
      for (const [size, left, top] of sizePlaces) {
        const pixels = drawGauge(gauge, size, { style, surface: column.surface, colour: column.colour });
        layOver(sheet, { x: x + left, y: y + top }, column.inverted === true ? whiteOf(pixels) : pixels, size);
      }
    });
  });
  write(sheet, 4, 5, style);
  gaugeStates.forEach(([words], row) => write(sheet, 4, head + row * cell.height + 34, words));
  return sheet;
}

/** A template as it is shown on a dark menu bar: white where it is black. */
export function whiteOf(template: Uint8ClampedArray): Uint8ClampedArray {
  return template.map((_value, at) => template[at - (at % 4) + 3] ?? 0);
}

function write(sheet: Picture, x: number, y: number, text: string): void {
  for (const [atX, atY] of letterPixels(text)) paint(sheet, { x: x + atX, y: y + atY, width: 1, height: 1 }, ink);
}
