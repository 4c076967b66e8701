import * as ToggleGroup from '@radix-ui/react-toggle-group';
import type { ArchiveOrder } from '../../../shared/archived-sessions.js';
import type { ArchivedSessionsView } from '../../archive/use-archived-sessions.js';
import { displayText } from '../../display-text.js';
import { texts } from '../../texts.js';
import { ArchivedGrid } from './ArchivedGrid.js';
import type { ArchivedActions } from './ArchivedRow.js';
import { ArchiveMessage } from './ArchiveMessage.js';

interface ArchivedSessionsListProps {
  readonly list: ArchivedSessionsView;
  readonly order: ArchiveOrder;
  readonly nowMs: number;
  readonly actions: ArchivedActions;
  readonly onOrder: (order: ArchiveOrder) => void;
}

const orders: readonly ArchiveOrder[] = ['newest', 'largest'];

/** What is archived, newest or largest first; or what there is to say where nothing is, or nothing can be listed. */
export function ArchivedSessionsList({ list, order, nowMs, actions, onOrder }: ArchivedSessionsListProps) {
  const { total, fault, indexTrouble, again } = list;
  if (fault !== null) {
    return (
      <ArchiveMessage icon="warning" heading={texts.archive.listFailed} body={[displayText(fault)]} isAlert>
        <button type="button" className="button" onClick={again}>
          {texts.archive.tryAgain}
        </button>
      </ArchiveMessage>
    );
  }
  if (total === 0) {
    return <ArchiveMessage icon="archive" heading={texts.archive.emptyHeading} body={[texts.archive.emptyBody]} />;
  }
  return (
    <>
      <div className="archive-head">
        <h2>{texts.archive.sessions}</h2>
        <ToggleGroup.Root
          type="single"
          className="toggles"
          aria-label={texts.archive.order}
          value={order}
          onValueChange={(value) => onOrder(orders.find((one) => one === value) ?? order)}
        >
          {orders.map((value) => (
            <ToggleGroup.Item key={value} className="toggle" value={value}>
              {texts.archive.orders[value]}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      </div>
      {indexTrouble === null ? null : <p className="archive-trouble">{displayText(indexTrouble)}</p>}
      {total === null ? (
        <p className="archive-status" role="status">
          {texts.archive.loading}
        </p>
      ) : (
        <ArchivedGrid key={order} list={{ ...list, total }} nowMs={nowMs} actions={actions} />
      )}
    </>
  );
}
