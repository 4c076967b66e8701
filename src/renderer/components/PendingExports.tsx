import type { PendingExport, SessionState } from '../../shared/app-state.js';
import { displayText } from '../display-text.js';
import { figures } from '../figures.js';
import { texts } from '../texts.js';
import { Icon } from './Icon.js';

interface PendingExportsProps {
  readonly pending: readonly PendingExport[];
  readonly sessions: readonly SessionState[];
  readonly onRetry: () => void;
}

/** What waits in the pending folder: whose it is, size, percent, trigger and state in words, the reason where it failed. */
export function PendingExports({ pending, sessions, onRetry }: PendingExportsProps) {
  if (pending.length === 0) return null;
  const hasTrouble = pending.some(({ state }) => state === 'retrying' || state === 'failed');
  return (
    <section className="section" aria-label={texts.pending.heading}>
      <div className="section-head">
        <h2>{texts.pending.heading}</h2>
        {hasTrouble ? (
          <button type="button" className="button button-small" onClick={onRetry}>
            <Icon name="retry" />
            {texts.pending.retry}
          </button>
        ) : (
          <span>{pending.length}</span>
        )}
      </div>
      <ul className="rows" aria-label={texts.pending.heading}>
        {pending.map((entry) => (
          <PendingRow key={entry.name} entry={entry} sessions={sessions} />
        ))}
      </ul>
    </section>
  );
}

function PendingRow({ entry, sessions }: { entry: PendingExport; sessions: readonly SessionState[] }) {
  const session = sessions.find(({ id }) => id === entry.sessionId);
  const facts = [
    figures.bytes(entry.bytes),
    entry.percent === null ? null : texts.pending.atPercent(figures.percent(entry.percent)),
    entry.trigger === null ? null : texts.pending.triggers[entry.trigger],
  ].filter((fact) => fact !== null);
  return (
    <li className="pending" data-state={entry.state}>
      <div className="pending-head">
        <bdi className="row-project" title={displayText(entry.name)}>
          {displayText(session?.project ?? entry.name)}
        </bdi>
        <span className="pending-state">{texts.pending.states[entry.state](entry.attempts)}</span>
      </div>
      <p className="pending-facts">{facts.join(texts.listSeparator)}</p>
      {entry.problem === null ? null : <p className="pending-problem">{displayText(entry.problem)}</p>}
    </li>
  );
}
