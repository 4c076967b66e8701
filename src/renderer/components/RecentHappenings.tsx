import { useState } from 'react';
import type { RecentHappening } from '../../shared/app-state.js';
import { displayText } from '../display-text.js';
import { figures } from '../figures.js';
import { happeningWords } from '../happening-words.js';
import { hintText } from '../hint-text.js';
import { texts } from '../texts.js';
import type { SessionActions } from '../use-session-actions.js';
import { Icon } from './Icon.js';
import { IconButton } from './IconButton.js';

interface RecentHappeningsProps {
  readonly recent: readonly RecentHappening[];
  readonly nowMs: number;
  readonly onOpenTranscript: SessionActions['openTranscript'];
}

const shownAtFirst = 3;

/** The newest exports and compactions, a line each with the way to the transcript; of many the first three, until more are wanted. */
export function RecentHappenings({ recent, nowMs, onOpenTranscript }: RecentHappeningsProps) {
  const [isOpen, setOpen] = useState(false);
  if (recent.length === 0) return null;
  const shown = isOpen ? recent : recent.slice(0, shownAtFirst);
  const folded = recent.length - shownAtFirst;
  return (
    <section className="section" aria-label={texts.recent.heading}>
      <div className="section-head">
        <h2>{texts.recent.heading}</h2>
        {folded <= 0 ? null : (
          <button type="button" className="button button-small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? texts.recent.fewer : texts.recent.more(folded)}
          </button>
        )}
      </div>
      <ul className="recent-list" aria-label={texts.recent.heading}>
        {shown.map((happening) => (
          <Happening
            key={`${happening.at} ${happening.kind} ${happening.sessionId}`}
            happening={happening}
            nowMs={nowMs}
            onOpenTranscript={onOpenTranscript}
          />
        ))}
      </ul>
    </section>
  );
}

function Happening({
  happening,
  nowMs,
  onOpenTranscript,
}: Omit<RecentHappeningsProps, 'recent'> & { readonly happening: RecentHappening }) {
  const project = displayText(happening.project) || texts.session.unnamed;
  const title = displayText(happening.title ?? '') || texts.session.untitled;
  const { kind, rest } = happeningWords(happening);
  return (
    <li className="recent">
      <span className="recent-words" data-hint={hintText([`${kind} ${rest}`], [project, title])}>
        <Icon name={happening.kind === 'exported' ? 'export' : 'compaction'} />
        <bdi className="row-project">{project}</bdi> <span className="visually-hidden">{kind} </span>
        {rest}
      </span>
      <time className="recent-time" dateTime={happening.at}>
        {figures.clock(happening.at, nowMs)}
      </time>
      <IconButton
        icon="page"
        label={texts.transcript.openFor(project, title)}
        onClick={() => void onOpenTranscript(happening.sessionId)}
      />
    </li>
  );
}
