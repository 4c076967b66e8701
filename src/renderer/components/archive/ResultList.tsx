import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import type { ArchiveHits } from '../../../shared/archive-search.js';
import { texts } from '../../texts.js';
import { ResultRow } from './ResultRow.js';

interface ResultListProps {
  readonly id: string;
  readonly found: Pick<ArchiveHits, 'hits' | 'total'>;
  readonly isBusy: boolean;
  readonly active: number | null;
  readonly nowMs: number;
  readonly onOpen: (index: number) => void;
  readonly onMore: () => void;
}

/** Of a row with a snippet of two lines; each is measured once it is drawn. */
const usualRowPixels = 76;
const rowsAhead = 8;

/** The element id of a result, for whoever points to it. */
export function resultId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** The results, of which only those in sight are drawn; more are fetched on the way down. */
export function ResultList({ id, found, isBusy, active, nowMs, onOpen, onMore }: ResultListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { hits, total } = found;
  const rangeExtractor = useCallback((range: Range) => withActive(range, active), [active]);
  // oxlint-disable-next-line react/incompatible-library -- nothing that it returns is handed to anything memoized but measureElement, which stays the same
  const rows = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualRowPixels,
    getItemKey: (index) => hits[index]?.uuid ?? index,
    overscan: 4,
    rangeExtractor,
    // It is told to scroll from effects, where React can't draw at once.
    useFlushSync: false,
  });
  const items = rows.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hits.length < total && lastShown >= hits.length - rowsAhead) onMore();
  }, [hits.length, total, lastShown, onMore]);
  useEffect(() => {
    if (active !== null) rows.scrollToIndex(active);
  }, [active, rows]);
  // Another search begins at its best result.
  const first = hits[0]?.uuid;
  useEffect(() => {
    rows.scrollToOffset(0);
  }, [first, rows]);
  return (
    <div className="results" ref={scroller}>
      <div
        id={id}
        role="listbox"
        aria-label={texts.archive.results}
        aria-busy={isBusy}
        className="virtual"
        style={{ height: `${rows.getTotalSize()}px` }}
      >
        {items.map(({ index, start, key }) => {
          const hit = hits[index];
          return hit === undefined ? null : (
            <ResultRow
              key={key}
              id={resultId(id, index)}
              hit={hit}
              nowMs={nowMs}
              index={index}
              total={total}
              topPixels={start}
              isActive={index === active}
              rowRef={rows.measureElement}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

/** What is chosen is drawn even where it was scrolled out of sight: screen readers are pointed to it. */
function withActive(range: Range, active: number | null): number[] {
  const inSight = defaultRangeExtractor(range);
  if (active === null || active >= range.count || inSight.includes(active)) return inSight;
  return [...inSight, active].toSorted((one, other) => one - other);
}
