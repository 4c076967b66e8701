import { meterAttributes } from '../meter-attributes.js';
import type { Band, SessionView } from '../session-view.js';

/** The session's percent as a bar with the export band shaded; an outline where nothing is known, striped where it is an estimate. */
export function ContextBar({ view, band }: { readonly view: SessionView; readonly band: Band }) {
  const { fillPercent } = view;
  return (
    <div className="bar" data-tone={view.tone} {...meterAttributes(view)}>
      <span className="bar-band" style={{ insetInlineStart: `${band.from}%`, width: `${band.to - band.from}%` }} />
      {fillPercent === null ? null : <span className="bar-fill" style={{ width: `${fillPercent}%` }} />}
    </div>
  );
}
