import { useRef, useState } from 'react';
import type { PendingExport, SessionState } from '../../shared/app-state.js';
import type { PendingAction } from '../../shared/pending-answer.js';
import { focusHeading } from '../focus-heading.js';
import { texts } from '../texts.js';
import type { ActOnPending } from '../use-pending-actions.js';
import { Icon } from './Icon.js';
import { PendingRow } from './PendingRow.js';

interface PendingExportsProps {
  readonly pending: readonly PendingExport[];
  /** How many there are in all. */
  readonly total: number;
  readonly sessions: readonly SessionState[];
  readonly onRetry: () => void;
  readonly onAct: ActOnPending;
}

const shownAtFirst = 10;

/** What waits in the pending folder, a row a file with what can be done with it; of many the first ten, until more are wanted. */
export function PendingExports({ pending, total, sessions, onRetry, onAct }: PendingExportsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  if (pending.length === 0) return null;
  const hasTrouble = pending.some(({ state }) => state === 'retrying' || state === 'failed');
  const shown = isOpen ? pending : pending.slice(0, shownAtFirst);
  const folded = pending.length - shownAtFirst;
  const act = async (action: PendingAction, name: string): Promise<void> => {
    const done = await onAct(action, name);
    // The row goes, and the focus with it.
    if (done && (action === 'set-aside' || action === 'retry')) focusHeading(heading.current);
  };
  return (
    <section className="section" aria-label={texts.pending.heading}>
      <div className="section-head">
        <h2 ref={heading}>{texts.pending.heading}</h2>
        {hasTrouble ? (
          <button type="button" className="button button-small" onClick={onRetry}>
            <Icon name="retry" />
            {texts.pending.retry}
          </button>
        ) : (
          <span>{Math.max(total, pending.length)}</span>
        )}
      </div>
      <ul className="rows" aria-label={texts.pending.heading}>
        {shown.map((entry) => (
          <PendingRow key={entry.name} entry={entry} sessions={sessions} onAct={act} />
        ))}
      </ul>
      {folded <= 0 ? null : (
        <button type="button" className="button button-small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? texts.pending.fewer : texts.pending.more(folded)}
        </button>
      )}
      {total > pending.length ? <p className="pending-facts">{texts.pending.unshown(total - pending.length)}</p> : null}
    </section>
  );
}
