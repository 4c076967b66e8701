import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ArchivedSessionsView } from '../../archive/use-archived-sessions.js';
import { texts } from '../../texts.js';
import { ArchivedRow, type ArchivedActions } from './ArchivedRow.js';

interface ArchivedGridProps {
  readonly list: ArchivedSessionsView & { readonly total: number };
  readonly nowMs: number;
  readonly actions: ArchivedActions;
}

const usualRowPixels = 48;
const pageOfRows = 8;

/**
 * The archived sessions, of which only those in sight are drawn and fetched. One stop of the Tab key: the arrows move
 * through rows and what can be done in them.
 */
export function ArchivedGrid({ list, nowMs, actions }: ArchivedGridProps) {
  const { total, sessionAt, want } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const [spot, setSpot] = useState({ row: 0, column: 0 });
  const wantsFocus = useRef(false);
  const row = Math.min(spot.row, Math.max(0, total - 1));
  const rangeExtractor = useCallback((range: Range) => withRow(range, row), [row]);
  // oxlint-disable-next-line react/incompatible-library -- nothing that it returns is handed to anything memoized but measureElement, which stays the same
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualRowPixels,
    overscan: 6,
    rangeExtractor,
    // It is told to scroll from effects, where React can't draw at once.
    useFlushSync: false,
  });
  const items = rows.getVirtualItems();
  const inSight = items.filter(({ index }) => index !== row);
  const [first, last] = [inSight[0]?.index ?? row, inSight.at(-1)?.index ?? row];
  useEffect(() => want(first, last), [want, first, last]);
  // Before the next key: a focus that came late would lead back to where it was.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const cell = scroller.current?.querySelector<HTMLElement>('[data-spot="true"]');
    if (!cell) return;
    wantsFocus.current = false;
    cell.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    // A menu's button opens its menu.
    if (event.defaultPrevented) return;
    const next = moved(event.key, { row, column: spot.column }, total);
    if (next === null) return;
    event.preventDefault();
    wantsFocus.current = true;
    if (next.row !== row) rows.scrollToIndex(next.row);
    setSpot(next);
  };
  return (
    <div className="archived" ref={scroller}>
      <div
        role="grid"
        tabIndex={-1}
        aria-label={texts.archive.sessions}
        aria-rowcount={total}
        className="virtual"
        style={{ height: `${rows.getTotalSize()}px` }}
        onKeyDown={onKeyDown}
      >
        {items.map(({ index, start, key }) => (
          <ArchivedRow
            key={key}
            session={sessionAt(index)}
            index={index}
            topPixels={start}
            nowMs={nowMs}
            rowRef={rows.measureElement}
            column={index === row ? spot.column : null}
            onSpot={setSpot}
            actions={actions}
          />
        ))}
      </div>
    </div>
  );
}

interface Spot {
  readonly row: number;
  readonly column: number;
}

const lastColumn = 1;

/** Where a key moves to; null where it moves nothing. */
function moved(key: string, { row, column }: Spot, total: number): Spot | null {
  const to = (next: number): Spot => ({ row: Math.max(0, Math.min(total - 1, next)), column });
  switch (key) {
    case 'ArrowDown':
      return to(row + 1);
    case 'ArrowUp':
      return to(row - 1);
    case 'PageDown':
      return to(row + pageOfRows);
    case 'PageUp':
      return to(row - pageOfRows);
    case 'Home':
      return to(0);
    case 'End':
      return to(total - 1);
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    default:
      return null;
  }
}

/** The row that the Tab key stops at is drawn wherever the list is scrolled to. */
function withRow(range: Range, row: number): number[] {
  const inSight = defaultRangeExtractor(range);
  return inSight.includes(row) || row >= range.count
    ? inSight
    : [...inSight, row].toSorted((one, other) => one - other);
}
