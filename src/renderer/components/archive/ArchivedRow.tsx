import { memo, type Ref } from 'react';
import type { ArchivedSession } from '../../../shared/archived-sessions.js';
import { displayText } from '../../display-text.js';
import { figures } from '../../figures.js';
import { texts } from '../../texts.js';
import { ArchivedMenu } from './ArchivedMenu.js';

/** What can be done with an archived session. */
export type ArchivedAction = 'transcript' | 'searchIn' | 'restore' | 'restoreInto' | 'reveal' | 'delete';

/** Does it, and says what it calls the session. */
export type ArchivedActions = (action: ArchivedAction, session: ArchivedSession, name: string) => void;

interface ArchivedRowProps {
  /** Null until it is fetched. */
  readonly session: ArchivedSession | null;
  readonly index: number;
  readonly topPixels: number;
  readonly nowMs: number;
  readonly rowRef: Ref<HTMLDivElement>;
  /** The column that the Tab key stops at; null where it stops at another row. */
  readonly column: number | null;
  readonly onSpot: (spot: { readonly row: number; readonly column: number }) => void;
  readonly actions: ArchivedActions;
}

/** One archived session: a button that opens its transcript, and a menu with the rest. */
export const ArchivedRow = memo(function ArchivedRow(props: ArchivedRowProps) {
  const { session, index, topPixels, nowMs, rowRef, column, onSpot, actions } = props;
  const cell = (at: number) => ({
    tabIndex: column === at ? 0 : -1,
    'data-spot': column === at,
    onFocus: () => onSpot({ row: index, column: at }),
  });
  const name = session === null ? '' : nameOf(session);
  return (
    <div
      ref={rowRef}
      role="row"
      className="archived-row"
      aria-rowindex={index + 1}
      data-index={index}
      style={{ transform: `translateY(${topPixels}px)` }}
    >
      <div role="gridcell" className="archived-cell">
        {session === null ? (
          <span className="archived-waiting" aria-label={texts.archive.loading} role="img" />
        ) : (
          <button
            type="button"
            className="archived-open"
            data-hint={texts.archive.actions.transcript}
            onClick={() => actions('transcript', session, name)}
            {...cell(0)}
          >
            <ArchivedWords session={session} nowMs={nowMs} />
          </button>
        )}
      </div>
      <div role="gridcell">
        {session === null ? null : (
          <ArchivedMenu name={name} trigger={cell(1)} onAction={(action) => actions(action, session, name)} />
        )}
      </div>
    </div>
  );
});

function ArchivedWords({ session, nowMs }: { readonly session: ArchivedSession; readonly nowMs: number }) {
  const { project, title, bytes, segments, exportedAt, sessionId } = session;
  const time = exportedAt === null ? null : texts.archive.exportedAt(figures.clock(exportedAt, nowMs));
  const facts = [time, texts.archive.exports(segments), project === null ? texts.archive.notIndexed : null];
  return (
    <>
      <span className="archived-head">
        <span className="row-names">
          <bdi className="row-project">{project === null ? sessionId.slice(0, 8) : displayText(project)}</bdi>{' '}
          <bdi className="row-title">
            {project === null ? '' : title === null ? texts.archive.untitled : displayText(title)}
          </bdi>
        </span>
        <span className="archived-size">{figures.bytes(bytes)}</span>
      </span>
      <span className="archived-facts">{facts.filter((fact) => fact !== null).join(texts.listSeparator)}</span>
    </>
  );
}

function nameOf({ project, title, sessionId }: ArchivedSession): string {
  const words = [project ?? sessionId.slice(0, 8), title].filter((word) => word !== null);
  return displayText(words.join(', '));
}
