import { useState } from 'react';
import type { JobTrouble } from '../../../shared/jobs.js';
import { displayText } from '../../display-text.js';
import { texts } from '../../texts.js';

const shownAtFirst = 2;

/** What a job found wrong, each with its mend; of many the first two, until more are wanted. */
export function JobTroubleList({
  troubles,
  total,
}: {
  readonly troubles: readonly JobTrouble[];
  readonly total: number;
}) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? troubles : troubles.slice(0, shownAtFirst);
  const folded = troubles.length - shownAtFirst;
  return (
    <>
      <ul className="job-troubles">
        {shown.map(({ message, mend }) => (
          <li key={message}>
            <bdi className="job-trouble">{displayText(message)}</bdi> <bdi>{displayText(mend)}</bdi>
          </li>
        ))}
        {isOpen && total > troubles.length ? <li>{texts.jobs.unshownTroubles(total - troubles.length)}</li> : null}
      </ul>
      {folded <= 0 ? null : (
        <button type="button" className="button button-small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? texts.jobs.fewerTroubles : texts.jobs.moreTroubles(folded)}
        </button>
      )}
    </>
  );
}
