import type { JobWish } from '../../../shared/jobs.js';
import type { ArchiveSearchControl } from '../../archive/use-archive-search.js';
import { isNarrowed, noWish, type ArchiveWishControl } from '../../archive/use-archive-query.js';
import { displayText } from '../../display-text.js';
import { texts } from '../../texts.js';
import { ArchiveMessage } from './ArchiveMessage.js';
import { ResultList } from './ResultList.js';

interface SearchResultsProps extends ArchiveWishControl, ArchiveSearchControl {
  readonly listId: string;
  readonly active: number | null;
  readonly nowMs: number;
  /** The index is being built now, which a strip above tells of. */
  readonly isIndexing: boolean;
  readonly onOpen: (index: number) => void;
  readonly onStart: (wish: JobWish) => void;
}

/** What came of a search: the results with how many there are, or why there are none and what may help. */
export function SearchResults(props: SearchResultsProps) {
  const { finding, more, again, wish, change, listId, active, nowMs, isIndexing, onOpen, onStart } = props;
  switch (finding.kind) {
    case 'none':
      return null;
    case 'searching':
      return (
        <p className="archive-status" role="status">
          {texts.archive.searching}
        </p>
      );
    case 'no-index':
      return (
        <ArchiveMessage icon="search" heading={texts.archive.noIndexHeading} body={[texts.archive.noIndexBody]}>
          {isIndexing ? null : (
            <button type="button" className="button button-primary" onClick={() => onStart({ kind: 'index' })}>
              {texts.archive.buildIndex}
            </button>
          )}
        </ArchiveMessage>
      );
    case 'failed':
      return (
        <ArchiveMessage
          icon="warning"
          heading={texts.archive.failedHeading}
          body={[displayText(finding.message)]}
          isAlert
        >
          <button type="button" className="button" onClick={again}>
            {texts.archive.tryAgain}
          </button>
          {isIndexing ? null : (
            <button type="button" className="button button-primary" onClick={() => onStart({ kind: 'reindex' })}>
              {texts.archive.rebuild}
            </button>
          )}
        </ArchiveMessage>
      );
    case 'found': {
      const { hits, total, isTotalLeast, by, isIndexComplete, isBusy } = finding;
      const words = [texts.archive.found(total, isTotalLeast), by === 'parts' ? texts.archive.byParts : null];
      const head = (
        <div className="archive-status">
          <p role="status">{words.filter((word) => word !== null && total > 0).join(texts.listSeparator)}</p>
          {isIndexComplete ? null : <p>{texts.archive.mayBeMore}</p>}
          {isIndexComplete && active !== null ? <p>{texts.archive.openAt}</p> : null}
        </div>
      );
      if (hits.length === 0) {
        return (
          <>
            {isIndexComplete ? null : head}
            <NothingFound wish={wish} change={change} />
          </>
        );
      }
      return (
        <>
          {head}
          <ResultList
            id={listId}
            found={finding}
            isBusy={isBusy}
            active={active}
            nowMs={nowMs}
            onOpen={onOpen}
            onMore={more}
          />
        </>
      );
    }
  }
}

function NothingFound({ wish, change }: ArchiveWishControl) {
  const words = wish.text.split(/\s+/).filter((word) => word !== '');
  const longest = words.toSorted((one, other) => other.length - one.length)[0];
  const body = [texts.archive.noneBody(displayText(wish.text.trim()))];
  const { text: _text, ...noFilters } = noWish;
  return (
    <ArchiveMessage
      icon="search"
      heading={texts.archive.noneHeading}
      body={isNarrowed(wish) ? [...body, texts.archive.noneFiltered] : body}
    >
      {isNarrowed(wish) ? (
        <button type="button" className="button" onClick={() => change(noFilters)}>
          {texts.archive.withoutFilters}
        </button>
      ) : null}
      {words.length > 1 && longest !== undefined ? (
        <button type="button" className="button" onClick={() => change({ text: longest })}>
          {texts.archive.onlyWord(displayText(longest))}
        </button>
      ) : null}
    </ArchiveMessage>
  );
}
