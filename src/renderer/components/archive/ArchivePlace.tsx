import { useCallback, useId, useMemo, useRef, useState, type KeyboardEvent, type RefCallback } from 'react';
import type { AppState } from '../../../shared/app-state.js';
import type { ArchiveOrder } from '../../../shared/archived-sessions.js';
import type { JobWish } from '../../../shared/jobs.js';
import type { PopoverApi } from '../../../shared/ipc-contract.js';
import { texts } from '../../texts.js';
import { isNarrowed, type ArchiveWishControl } from '../../archive/use-archive-query.js';
import { useArchiveSearch } from '../../archive/use-archive-search.js';
import { useArchivedActions } from '../../archive/use-archived-actions.js';
import { useArchivedSessions } from '../../archive/use-archived-sessions.js';
import { useNow } from '../../use-now.js';
import type { ToastControl } from '../../use-toast.js';
import { ArchivedSessionsList } from './ArchivedSessionsList.js';
import { ArchiveFoot } from './ArchiveFoot.js';
import { JobStrips } from './JobStrips.js';
import { resultId } from './ResultList.js';
import { SearchBox } from './SearchBox.js';
import { SearchFilters } from './SearchFilters.js';
import { SearchHints } from './SearchHints.js';
import { SearchResults } from './SearchResults.js';

interface ArchivePlaceProps {
  readonly state: AppState;
  readonly api: PopoverApi;
  readonly part: RefCallback<HTMLElement>;
  readonly toast: ToastControl;
  readonly announce: (text: string) => void;
  /** What is looked for; it outlives a visit to another place. */
  readonly query: ArchiveWishControl;
}

/** The second place: everything that was ever exported. It keeps one height, so that nothing jumps while it is searched. */
export function ArchivePlace({ state, api, part, toast, announce, query }: ArchivePlaceProps) {
  const { wish, change } = query;
  const { settle, show } = toast;
  const nowMs = useNow();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [order, setOrder] = useState<ArchiveOrder>('newest');
  const [chosen, setChosen] = useState<{ readonly wish: unknown; readonly index: number } | null>(null);
  const search = useArchiveSearch(api, wish);
  const indexing = state.jobs.some(({ kind, result }) => result === null && (kind === 'index' || kind === 'reindex'));
  const { bytes, sessions } = state.archive;
  const list = useArchivedSessions(api, order, `${bytes} ${sessions} ${indexing}`);
  const focusField = useCallback(() => field.current?.focus(), []);
  const start = useCallback(
    (job: JobWish): void => {
      void settle(api.startJob(job)).then((answer) => (answer?.kind === 'refused' ? show(answer.message) : undefined));
    },
    [api, settle, show],
  );
  const actions = useArchivedActions({ api, toast, announce, change, start, focusField });

  const { finding } = search;
  const hits = useMemo(() => (finding.kind === 'found' ? finding.hits : []), [finding]);
  const isEmpty = list.total === 0;
  const isSearching = !isEmpty && wish.text.trim() !== '';
  // What was chosen among other results is chosen no more.
  const active = chosen !== null && chosen.wish === wish && chosen.index < hits.length ? chosen.index : null;
  const open = useCallback(
    (index: number): void => {
      const hit = hits[index];
      if (hit === undefined) return;
      setChosen({ wish, index });
      if (hit.sessionId === null) return show(texts.archive.noTranscript);
      void settle(api.openTranscript(hit.sessionId, hit.uuid));
    },
    [api, hits, settle, show, wish],
  );
  const onKey = (event: KeyboardEvent): void => {
    if (hits.length === 0) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      return open(active ?? 0);
    }
    const next = nextChoice(event.key, active, hits.length);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next === null ? null : { wish, index: next });
  };
  return (
    <div className="archive">
      <div className="archive-height" ref={part} aria-hidden="true" />
      <JobStrips jobs={state.jobs} api={api} toast={toast} onStart={start} />
      {isEmpty ? null : (
        <div className="archive-search" role="search">
          <SearchBox
            text={wish.text}
            inputRef={field}
            listId={hits.length > 0 ? listId : null}
            activeId={active === null ? null : resultId(listId, active)}
            onText={(text) => change({ text })}
            onKey={onKey}
          />
          {isSearching || isNarrowed(wish) ? <SearchFilters api={api} {...query} /> : <SearchHints />}
        </div>
      )}
      {isSearching ? (
        <SearchResults
          {...query}
          {...search}
          listId={listId}
          active={active}
          nowMs={nowMs}
          isIndexing={indexing}
          onOpen={open}
          onStart={start}
        />
      ) : (
        <ArchivedSessionsList list={list} order={order} nowMs={nowMs} actions={actions} onOrder={setOrder} />
      )}
      {isEmpty ? null : (
        <ArchiveFoot state={state} onStart={start} onOpenFolder={() => void settle(api.openPlace('exports-archive'))} />
      )}
    </div>
  );
}

/** Where a key moves the choice to: null is the field itself; undefined where it moves nothing. */
function nextChoice(key: string, active: number | null, count: number): number | null | undefined {
  switch (key) {
    case 'ArrowDown':
      return active === null ? 0 : Math.min(count - 1, active + 1);
    case 'ArrowUp':
      return active === null || active === 0 ? null : active - 1;
    case 'PageDown':
      return Math.min(count - 1, (active ?? -1) + pageOfResults);
    case 'PageUp':
      return active === null ? null : Math.max(0, active - pageOfResults);
    default:
      return undefined;
  }
}

const pageOfResults = 5;
