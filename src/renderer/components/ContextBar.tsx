import type { Band, SessionView } from '../session-view.js';
import { texts } from '../texts.js';

/** The session's percent as a bar with the export band shaded; an outline where nothing is known, striped where it is an estimate. */
export function ContextBar({ view, band }: { readonly view: SessionView; readonly band: Band }) {
  const label = texts.session.contextOf(view.project);
  const { fillPercent } = view;
  return (
    <div
      className="bar"
      data-tone={view.tone}
      {...(fillPercent === null
        ? { role: 'img', 'aria-label': `${label}: ${view.meterText}` }
        : {
            role: 'meter',
            'aria-label': label,
            'aria-valuemin': 0,
            'aria-valuemax': 100,
            'aria-valuenow': Math.round(fillPercent),
            'aria-valuetext': view.meterText,
          })}
    >
      <span className="bar-band" style={{ insetInlineStart: `${band.from}%`, width: `${band.to - band.from}%` }} />
      {fillPercent === null ? null : <span className="bar-fill" style={{ width: `${fillPercent}%` }} />}
    </div>
  );
}
