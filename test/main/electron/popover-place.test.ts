import { describe, expect, test } from 'vitest';
import { popoverPlace, type PlaceFacts } from '../../../src/main/electron/popover-place.js';

const area = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
const screen = area(0, 0, 1920, 1080);
const topPanel = { bounds: screen, workArea: area(0, 32, 1920, 1048) };
const bottomPanel = { bounds: screen, workArea: area(0, 0, 1920, 1040) };
const leftPanel = { bounds: screen, workArea: area(64, 0, 1856, 1080) };
const rightPanel = { bounds: screen, workArea: area(0, 0, 1856, 1080) };
const noPanel = { bounds: screen, workArea: screen };
const rightDisplay = { bounds: area(1920, 0, 1280, 800), workArea: area(1920, 28, 1280, 772) };
const leftDisplay = { bounds: area(-1280, 200, 1280, 800), workArea: area(-1280, 200, 1280, 760) };

const place = (facts: Pick<PlaceFacts, 'display'> & Partial<PlaceFacts>) =>
  popoverPlace({ width: 420, height: 600, trayBounds: null, pointer: null, ...facts });

describe('with the bounds of the tray icon', () => {
  test.each([
    ['under an icon in a menu bar', topPanel, area(1500, 4, 24, 24), { x: 1302, y: 40 }],
    ['kept on the screen beside its edge', topPanel, area(1880, 4, 24, 24), { x: 1492, y: 40 }],
    ['above a taskbar at the bottom', bottomPanel, area(1500, 1048, 24, 24), { x: 1302, y: 432 }],
    ['beside a taskbar at the left', leftPanel, area(20, 500, 24, 24), { x: 72, y: 212 }],
    ['beside a taskbar at the right', rightPanel, area(1876, 1000, 24, 24), { x: 1428, y: 472 }],
    ['on another display', rightDisplay, area(2600, 2, 24, 24), { x: 2402, y: 36 }],
    ['on a display left of the first, above its taskbar', leftDisplay, area(-200, 970, 24, 24), { x: -428, y: 352 }],
    ['at the very left edge', topPanel, area(0, 4, 24, 24), { x: 8, y: 40 }],
  ])('%s', (_name, display, trayBounds, wanted) => {
    expect(place({ display, trayBounds })).toEqual(wanted);
  });
});

describe('without tray bounds', () => {
  test.each([
    ['beside the pointer on a panel at the top', topPanel, { x: 1400, y: 10 }, { x: 1190, y: 40 }],
    ['above the pointer on a panel at the bottom', bottomPanel, { x: 1400, y: 1060 }, { x: 1190, y: 432 }],
    ['above a panel that reserves nothing', noPanel, { x: 1400, y: 1070 }, { x: 1190, y: 472 }],
    ['in the corner below the panel when the pointer is elsewhere', topPanel, { x: 300, y: 700 }, { x: 1492, y: 40 }],
    [
      'in the corner above the panel when the pointer is elsewhere',
      bottomPanel,
      { x: 300, y: 700 },
      { x: 1492, y: 432 },
    ],
    ['at the top right where no panel is known', noPanel, { x: 300, y: 500 }, { x: 1492, y: 8 }],
    ['beside a panel at the left', leftPanel, null, { x: 72, y: 472 }],
    ['in the corner when nobody clicked', topPanel, null, { x: 1492, y: 40 }],
    ['on the display that the pointer is on', rightDisplay, { x: 2500, y: 400 }, { x: 2772, y: 36 }],
  ])('%s', (_name, display, pointer, wanted) => {
    expect(place({ display, pointer })).toEqual(wanted);
  });
});

test('a popover that is larger than the work area starts at its top left', () => {
  expect(place({ display: { bounds: area(0, 0, 400, 300), workArea: area(0, 30, 400, 270) } })).toEqual({
    x: 8,
    y: 38,
  });
});
