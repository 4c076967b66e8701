import type { PendingExport, SessionState } from '../../shared/app-state.js';
import type { PendingAction } from '../../shared/pending-answer.js';
import { displayText } from '../display-text.js';
import { figures } from '../figures.js';
import { texts } from '../texts.js';
import { IconButton } from './IconButton.js';

interface PendingRowProps {
  readonly entry: PendingExport;
  readonly sessions: readonly SessionState[];
  readonly onAct: (action: PendingAction, name: string) => void;
}

const actions = ['retry', 'open', 'reveal', 'set-aside'] as const;
const icons = { retry: 'retry', open: 'log', reveal: 'folder', 'set-aside': 'aside' } as const;

/** One pending file: whose it is, size, percent, trigger and state in words, the reason where it failed, and what can be done. */
export function PendingRow({ entry, sessions, onAct }: PendingRowProps) {
  const session = sessions.find(({ id }) => id === entry.sessionId);
  const name = displayText(entry.name);
  const facts = [
    figures.bytes(entry.bytes),
    entry.percent === null ? null : texts.pending.atPercent(figures.percent(entry.percent)),
    entry.trigger === null ? null : texts.pending.triggers[entry.trigger],
  ].filter((fact) => fact !== null);
  return (
    <li className="pending" data-state={entry.state}>
      <div className="pending-head">
        <bdi className="row-project" data-hint={name}>
          {displayText(session?.project ?? entry.name)}
        </bdi>
        <span className="pending-state">{texts.pending.states[entry.state](entry.attempts)}</span>
      </div>
      <div className="pending-foot">
        <p className="pending-facts">{facts.join(texts.listSeparator)}</p>
        {entry.state === 'processing'
          ? null
          : actions.map((action) => (
              <IconButton
                key={action}
                icon={icons[action]}
                label={texts.pending.actions[action](name)}
                onClick={() => onAct(action, entry.name)}
              />
            ))}
      </div>
      {entry.problem === null ? null : <p className="pending-problem">{displayText(entry.problem)}</p>}
    </li>
  );
}
