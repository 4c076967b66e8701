import { hintText } from '../hint-text.js';
import { meterAttributes } from '../meter-attributes.js';
import type { Band, SessionView } from '../session-view.js';

const centre = 66;
const radius = 52;
const strokeWidth = 11;
const bandRadius = 62.5;
const lineInnerRadius = 46;
const lineOuterRadius = 58.5;
const startDegrees = 135;
const sweepDegrees = 270;
const arcLength = (radius * sweepDegrees * Math.PI) / 180;

/**
 * The session's percent as an arc with the export band drawn round it and a mark across it where the client compacts;
 * dashed where nothing is known, striped where it is an estimate. Hovering says where the figures come from.
 */
export function ArcGauge({ view, band }: { readonly view: SessionView; readonly band: Band }) {
  const { fillPercent, linePercent } = view;
  return (
    <div className="gauge" data-tone={view.tone} {...meterAttributes(view)}>
      <svg viewBox="0 0 132 118" aria-hidden="true" focusable="false">
        <path className="gauge-track" d={arc(radius, startDegrees, startDegrees + sweepDegrees)} />
        <path className="gauge-band" d={arc(bandRadius, degreesAt(band.from), degreesAt(band.to))} />
        {fillPercent === null || fillPercent === 0 ? null : (
          <path
            className="gauge-value"
            d={arc(radius, startDegrees, startDegrees + sweepDegrees)}
            pathLength={arcLength}
            strokeDasharray={dashes(fillPercent, view.tone === 'estimated')}
          />
        )}
        {linePercent === null ? null : (
          <>
            <path className="gauge-line-gap" d={radial(linePercent)} />
            <path className="gauge-line" d={radial(linePercent)} />
          </>
        )}
      </svg>
      <div
        className="gauge-figures"
        aria-hidden="true"
        data-hint={hintText([view.compaction?.full, ...view.details.figure])}
      >
        <span className="gauge-percent">
          {view.percentText}
          {fillPercent === null ? null : <span className="gauge-sign">%</span>}
        </span>
        {view.tokensText === null ? null : <span className="gauge-tokens">{view.tokensText}</span>}
      </div>
    </div>
  );
}

/** Round ends reach half a stroke beyond a line, so the drawn length is that much shorter and 100 % fills the track. */
function dashes(percent: number, isEstimate: boolean): string {
  const length = Math.max((percent / 100) * (arcLength + strokeWidth) - strokeWidth, 0.01);
  if (!isEstimate) return `${length} ${arcLength * 2}`;
  const stripes = Math.max(1, Math.round(length / 6));
  return `${'3 3 '.repeat(stripes)}0 ${arcLength * 2}`;
}

function degreesAt(percent: number): number {
  const along = (percent / 100) * (arcLength + strokeWidth) - strokeWidth / 2;
  return startDegrees + (along / arcLength) * sweepDegrees;
}

/** A line straight across the arc. */
function radial(percent: number): string {
  const [innerX, innerY] = pointAt(lineInnerRadius, degreesAt(percent));
  const [outerX, outerY] = pointAt(lineOuterRadius, degreesAt(percent));
  return `M${innerX} ${innerY}L${outerX} ${outerY}`;
}

function arc(ofRadius: number, fromDegrees: number, toDegrees: number): string {
  const [startX, startY] = pointAt(ofRadius, fromDegrees);
  const [endX, endY] = pointAt(ofRadius, toDegrees);
  const isLarge = toDegrees - fromDegrees > 180 ? 1 : 0;
  return `M${startX} ${startY}A${ofRadius} ${ofRadius} 0 ${isLarge} 1 ${endX} ${endY}`;
}

function pointAt(ofRadius: number, degrees: number): readonly [string, string] {
  const radians = (degrees * Math.PI) / 180;
  return [(centre + ofRadius * Math.cos(radians)).toFixed(2), (centre + ofRadius * Math.sin(radians)).toFixed(2)];
}
