import { describe, expect, test } from 'vitest';
import {
  changedDrawings,
  gaugeLook,
  gaugePictures,
  type GaugeView,
} from '../../../src/main/electron/gauge-pictures.js';
import type { GaugeModel } from '../../../src/main/views/gauge-view.js';

const gauge: GaugeModel = { percent: 42, level: 'normal', mark: 'none', dim: false, further: 0 };
const view = (more: Partial<GaugeModel> = {}, rest: Partial<GaugeView> = {}): GaugeView => ({
  gauge: { ...gauge, ...more },
  style: 'ring',
  colour: 'auto',
  ...rest,
});

/** Counts what is drawn and what is handed on to the tray. */
function counted(platform: NodeJS.Platform = 'linux') {
  const counts = { drawn: 0, sent: 0 };
  const changed = changedDrawings(platform, (...wanted) => {
    counts.drawn++;
    return gaugePictures(...wanted);
  });
  const show = (next: GaugeView, darkTaskbar = true): void => {
    if (changed(next, darkTaskbar) !== null) counts.sent++;
  };
  return { counts, show };
}

describe('an image', () => {
  test('is neither drawn nor sent again for the same view', () => {
    const { counts, show } = counted();
    for (let round = 0; round < 50; round++) show(view());
    expect(counts).toEqual({ drawn: 1, sent: 1 });
  });

  test.each([
    ['tenths of a percent', [{ percent: 42 }, { percent: 42.3 }, { percent: 41.6 }]],
    ['more sessions than there is room for', [{ further: 9 }, { further: 30 }, { further: 300 }]],
    ['a ring that is full already', [{ percent: 100 }, { percent: 133 }]],
  ])('is not drawn for what nobody can see: %s', (_name, models) => {
    const { counts, show } = counted();
    for (const model of models) show(view(model));
    expect(counts).toEqual({ drawn: 1, sent: 1 });
  });

  test('is drawn but not sent where the pixels come out the same', () => {
    const { counts, show } = counted();
    for (const further of [6, 7, 8, 9]) show(view({ further }));
    expect(counts).toEqual({ drawn: 4, sent: 1 });
  });

  test('is sent once for each visible change, and again for what was shown before', () => {
    const { counts, show } = counted();
    const steps = [
      view(),
      view({ percent: 43 }),
      view({ percent: 43, further: 1 }),
      view({ percent: 43, mark: 'exporting' }),
      view({ percent: 43, dim: true }),
      view({ percent: null, level: 'unknown' }),
      view({}, { style: 'bar' }),
      view({}, { style: 'number' }),
      view({}, { colour: 'monochrome' }),
      view(),
    ];
    for (const step of [...steps, view()]) show(step);
    expect(counts).toEqual({ drawn: steps.length, sent: steps.length });
  });

  test("follows the taskbar's theme on Windows and nothing of the kind elsewhere", () => {
    const sent = (['win32', 'linux', 'darwin'] as const).map((platform) => {
      const { counts, show } = counted(platform);
      show(view(), true);
      show(view(), false);
      return counts.sent;
    });
    expect(sent).toEqual([2, 1, 1]);
  });
});

describe('the look', () => {
  test.each([
    ['darwin', 'auto', true, { colour: false, surface: 'template' }],
    ['darwin', 'monochrome', true, { colour: false, surface: 'template' }],
    ['darwin', 'colour', true, { colour: true, surface: 'plate' }],
    ['win32', 'auto', true, { colour: true, surface: 'dark-panel' }],
    ['win32', 'auto', false, { colour: true, surface: 'light-panel' }],
    ['win32', 'monochrome', false, { colour: false, surface: 'light-panel' }],
    ['linux', 'auto', false, { colour: true, surface: 'plate' }],
    ['linux', 'monochrome', true, { colour: false, surface: 'plate' }],
  ] as const)('on %s with colour "%s"', (platform, colour, darkTaskbar, wanted) => {
    expect(gaugeLook(view({}, { colour }), platform, darkTaskbar)).toEqual({ style: 'ring', ...wanted });
  });
});

test.each([
  ['darwin', [18, 36, 54]],
  ['win32', [16, 20, 24, 28, 32, 40, 48]],
  ['linux', [44]],
] as const)('%s gets a picture of its own for each scale', (platform, sizes) => {
  const look = gaugeLook(view(), platform, true);
  const pictures = gaugePictures(gauge, look, platform);
  expect(pictures.map(({ size }) => size)).toEqual(sizes);
  for (const { size, bitmap } of pictures) expect(bitmap.length).toBe(size * size * 4);
});

test('the bitmaps have blue first, as Electron takes them', () => {
  const [picture] = gaugePictures({ ...gauge, percent: 97, level: 'alarm' }, gaugeLook(view(), 'linux', true), 'linux');
  const below = (44 * 2 + 22) * 4;
  expect([...(picture?.bitmap.subarray(below, below + 4) ?? [])]).toEqual([54, 48, 226, 255]);
});
