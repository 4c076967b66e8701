import type { GaugeLook } from '../../src/main/electron/gauge-ink.js';
import { drawGauge } from '../../src/main/electron/gauge-pixels.js';
import type { GaugeModel } from '../../src/main/views/gauge-view.js';
import { grounds, whiteOf } from './gauge-sheet.js';
import { layOver, paint, plainPicture, type Picture } from './picture.js';

/** What one crop of the quiz shows. */
export interface QuizItem {
  readonly gauge: GaugeModel;
  readonly look: GaugeLook;
  readonly ground: keyof typeof grounds;
}

const styles = ['ring', 'bar', 'number'] as const;
const furtherCounts = [0, 0, 0, 1, 2, 3, 12];
const marks = ['none', 'none', 'none', 'paused', 'exporting', 'problem'] as const;
const places: readonly (readonly [surface: GaugeLook['surface'], ground: keyof typeof grounds])[] = [
  ['plate', 'light panel'],
  ['plate', 'dark panel'],
  ['plate', 'mid grey'],
  ['plate', 'wallpaper'],
  ['dark-panel', 'dark panel'],
  ['light-panel', 'light panel'],
  ['template', 'light panel'],
  ['template', 'dark panel'],
];

/** Random states of the gauge in random looks, the same for the same seed. */
export function quizItems(count: number, seed: number): readonly QuizItem[] {
  const random = randomFrom(seed);
  const oneOf = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    return item;
  };
  return Array.from({ length: count }, (_, index) => {
    const kind = oneOf(['unknown', 'dim', 'normal', 'normal', 'warn', 'warn', 'alarm', 'alarm'] as const);
    const [from, to] = kind === 'warn' ? [75, 95] : kind === 'alarm' ? [95, 120] : [1, 75];
    const percent = kind === 'unknown' ? null : Math.round(from + random() * (to - from - 1));
    const [surface, ground] = oneOf(places);
    return {
      gauge: {
        percent,
        level: kind === 'dim' ? 'normal' : kind,
        mark: oneOf(marks),
        dim: kind === 'dim',
        further: kind === 'dim' ? 0 : oneOf(furtherCounts),
      },
      look: { style: styles[index % styles.length] ?? 'ring', colour: random() < 0.5, surface },
      ground,
    };
  });
}

/** The crops in rows from the upper left, without a word, each of their pixels `zoom` × `zoom` large. */
export function quizPicture(items: readonly QuizItem[], size: number, zoom: number, perRow: number): Picture {
  const margin = 4 * zoom;
  const side = size * zoom + 2 * margin;
  const rows = Math.ceil(items.length / perRow);
  const picture = plainPicture(perRow * (side + 8), rows * (side + 8), [255, 255, 255]);
  items.forEach(({ gauge, look, ground }, index) => {
    const x = (index % perRow) * (side + 8);
    const y = Math.floor(index / perRow) * (side + 8);
    const colourAt = grounds[ground];
    paint(picture, { x, y, width: side, height: side }, (atX, atY) =>
      colourAt(Math.floor(atX / zoom), Math.floor(atY / zoom)),
    );
    const pixels = drawGauge(gauge, size, look);
    const shown = look.surface === 'template' && ground === 'dark panel' ? whiteOf(pixels) : pixels;
    layOver(picture, { x: x + margin, y: y + margin, zoom }, shown, size);
  });
  return picture;
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
