import { memo, type Ref } from 'react';
import type { ArchiveHit } from '../../../shared/archive-search.js';
import { displayText } from '../../display-text.js';
import { figures } from '../../figures.js';
import { texts } from '../../texts.js';
import { MarkedWords } from './MarkedWords.js';

interface ResultRowProps {
  readonly id: string;
  readonly hit: ArchiveHit;
  readonly nowMs: number;
  readonly index: number;
  readonly total: number;
  readonly topPixels: number;
  readonly isActive: boolean;
  readonly rowRef: Ref<HTMLButtonElement>;
  readonly onOpen: (index: number) => void;
}

/** One message that was found: whose session, when, who speaks, and the words around what was looked for. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const { id, hit, nowMs, index, total, topPixels, isActive, rowRef, onOpen } = props;
  const speaker =
    hit.agentId === null ? (hit.role === null ? null : texts.archive.roles[hit.role]) : texts.archive.subAgent;
  return (
    <button
      type="button"
      ref={rowRef}
      tabIndex={-1}
      id={id}
      role="option"
      className="result"
      aria-selected={isActive}
      aria-posinset={index + 1}
      aria-setsize={total}
      data-index={index}
      style={{ transform: `translateY(${topPixels}px)` }}
      // The focus stays in the field, where the arrows move through the results.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onOpen(index)}
    >
      <span className="result-head">
        <span className="row-names">
          <bdi className="row-project">{displayText(hit.project) || texts.session.unnamed}</bdi>{' '}
          <bdi className="row-title">{displayText(hit.title ?? texts.archive.untitled)}</bdi>
        </span>
        {hit.at === null ? null : (
          <time className="result-time" dateTime={hit.at}>
            {figures.clock(hit.at, nowMs)}
          </time>
        )}
      </span>
      <span className="result-snippet">
        {speaker === null ? null : <span className="result-speaker">{texts.archive.spokenBy(speaker)} </span>}
        <MarkedWords text={hit.snippet} />
      </span>
    </button>
  );
});
