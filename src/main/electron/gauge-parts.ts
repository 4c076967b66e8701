import type { GaugeModel } from '../views/gauge-view.js';
import type { GaugeCanvas } from './gauge-canvas.js';
import type { GaugeInk, GaugeTone } from './gauge-ink.js';
import { evenLike, type GaugeLayout } from './gauge-layout.js';
import { furtherMarks, furtherShape, markShape } from './gauge-marks.js';

/** What each style of the gauge is drawn from. */
export interface GaugeParts {
  readonly gauge: GaugeModel;
  readonly tone: GaugeTone;
  readonly layout: GaugeLayout;
  readonly ink: GaugeInk;
  readonly lay: GaugeCanvas['lay'];
}

/** The full part of a gauge, 0–1; a known figure always shows something, an unknown one nothing. */
export function filledShare(percent: number | null): number {
  return percent === null ? 0 : Math.min(1, Math.max(0.03, percent / 100));
}

/** Lays further sessions and what is going on into a strip of so many pixels at the lower edge. */
export function layStrip({ gauge, layout, ink, lay }: GaugeParts, strip: number): void {
  const { start, end, content, size } = layout;
  const glyphWidth = evenLike(size, Math.max(6, strip));
  if (gauge.mark === 'none') {
    if (gauge.further === 0) return;
    const marks = furtherMarks(gauge.further, content, layout);
    lay(ink.further, furtherShape(marks, Math.floor((size - marks.width) / 2), end, layout));
    return;
  }
  const left = gauge.further === 0 ? (size - glyphWidth) / 2 : end - glyphWidth;
  const box = { left, right: left + glyphWidth, top: end - strip, bottom: end };
  lay(ink.mark, markShape(gauge.mark, box));
  if (gauge.further > 0) {
    const marks = furtherMarks(gauge.further, content - glyphWidth - 1, layout);
    lay(ink.further, furtherShape(marks, start, end, layout));
  }
}

/** Whether the strip will have anything in it. */
export function hasStrip(gauge: GaugeModel): boolean {
  return gauge.mark !== 'none' || gauge.further > 0;
}
