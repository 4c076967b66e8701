import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gaugeSheet } from '../support/gauge-sheet.js';
import { readPng } from '../support/picture.js';

const images = join(import.meta.dirname, '..', '..', 'docs', 'images');

test.each(['ring', 'bar', 'number'] as const)(
  'the contact sheet of the %s shows what the app draws (else run `node scripts/gauge-sheet.mjs`)',
  (style) => {
    const committed = readPng(readFileSync(join(images, `gauge-${style}.png`)));
    const drawn = gaugeSheet(style);
    expect([committed.width, committed.height]).toEqual([drawn.width, drawn.height]);
    expect(Buffer.compare(committed.pixels, drawn.pixels)).toBe(0);
  },
);
