import { useState } from 'react';
import type { Problem } from '../../shared/app-state.js';
import { displayText } from '../display-text.js';
import { texts } from '../texts.js';
import { Icon } from './Icon.js';

const shownAtFirst = 2;
const permanentCode = 'notifications-unavailable';

/** What is wrong now, each with its mend. More than two fold up; that notices can't be shown is a quiet line that stays. */
export function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const alerts = problems.filter(({ code }) => code !== permanentCode);
  const permanent = problems.filter(({ code }) => code === permanentCode);
  if (problems.length === 0) return null;
  const hiddenCount = alerts.length - shownAtFirst;
  const shown = isOpen ? alerts : alerts.slice(0, shownAtFirst);
  return (
    <section aria-label={texts.problems.label} className="problems">
      {shown.map((problem) => (
        <div key={keyOf(problem)} className="strip strip-problem" role="alert" data-code={problem.code}>
          <Icon name="warning" />
          <ProblemWords problem={problem} />
        </div>
      ))}
      {hiddenCount <= 0 ? null : (
        <button type="button" className="strip-more" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? texts.problems.fewer : texts.problems.more(hiddenCount)}
        </button>
      )}
      {permanent.map((problem) => (
        <div key={keyOf(problem)} className="strip strip-quiet" role="status" data-code={problem.code}>
          <Icon name="bellOff" />
          <ProblemWords problem={problem} />
        </div>
      ))}
    </section>
  );
}

function ProblemWords({ problem }: { readonly problem: Problem }) {
  return (
    <p>
      <bdi className="strip-message">{displayText(problem.message)}</bdi>{' '}
      <bdi className="strip-mend">{displayText(problem.mend)}</bdi>
    </p>
  );
}

function keyOf({ code, sessionId, message }: Problem): string {
  return `${code} ${sessionId ?? ''} ${message}`;
}
