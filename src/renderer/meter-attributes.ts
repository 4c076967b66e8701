import type { SessionView } from './session-view.js';
import { texts } from './texts.js';

/** How a session's percent is told to screen readers, whatever it is drawn as: a meter, or an image where nothing is known. */
export function meterAttributes({ project, meterText, fillPercent }: SessionView) {
  const label = texts.session.contextOf(project);
  if (fillPercent === null) return { role: 'img', 'aria-label': `${label}: ${meterText}` };
  return {
    role: 'meter',
    'aria-label': label,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
    'aria-valuenow': Math.round(fillPercent),
    'aria-valuetext': meterText,
  };
}
