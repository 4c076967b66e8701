import { hintText } from '../hint-text.js';
import { meterAttributes } from '../meter-attributes.js';
import type { Band, SessionView } from '../session-view.js';

/**
 * The session's percent as a bar with the export band shaded and a mark where the client compacts; an outline where
 * nothing is known, striped where it is an estimate. Hovering says where the figures come from.
 */
export function ContextBar({ view, band }: { readonly view: SessionView; readonly band: Band }) {
  const { fillPercent, linePercent } = view;
  return (
    <div className="bar" data-tone={view.tone} {...meterAttributes(view)}>
      <span className="bar-track">
        <span className="bar-band" style={{ insetInlineStart: `${band.from}%`, width: `${band.to - band.from}%` }} />
        {fillPercent === null ? null : <span className="bar-fill" style={{ width: `${fillPercent}%` }} />}
      </span>
      {linePercent === null ? null : <span className="bar-line" style={{ left: `${linePercent}%` }} />}
      <span className="bar-hint" data-hint={hintText([view.compaction?.full, ...view.details.figure])} />
    </div>
  );
}
