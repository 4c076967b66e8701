import { execa } from 'execa';
import { gaugeInk } from '../../src/main/electron/gauge-ink.js';
import { waitUntil } from '../support/wait-until.js';
import type { ScreenPoint } from './desktop-input.js';
import { e2eEnvironment } from './e2e-environment.js';

const panel = { left: 640, width: 640, height: 32 };
/** The gauge's fill below the bands of colour. */
const { fill } = gaugeInk(
  { percent: 42, level: 'normal', mark: 'none', dim: false, further: 0 },
  { style: 'ring', colour: true, surface: 'plate' },
);

/** Where the gauge, filled and below the export band, is on the screen: the middle of its colour in the right half of the panel, whose upper edge is at `panelTop`. */
export async function findPanelIcon(panelTop = 0): Promise<ScreenPoint> {
  return waitUntil('the gauge in the panel', async () => {
    const crop = `${panel.width}x${panel.height}+${panel.left}+${panelTop}`;
    const { stdout } = await execa('import', ['-window', 'root', '-crop', crop, '-depth', '8', 'rgb:-'], {
      env: e2eEnvironment().desktop,
      encoding: 'buffer',
    });
    const points = Array.from({ length: panel.width * panel.height }, (_, at) => at).filter((at) =>
      fill.slice(0, 3).every((channel, index) => Math.abs((stdout[at * 3 + index] ?? 0) - channel) <= 12),
    );
    if (points.length < 20) return null;
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      x: Math.round(panel.left + mean(points.map((at) => at % panel.width))),
      y: Math.round(panelTop + mean(points.map((at) => Math.floor(at / panel.width)))),
    };
  });
}
