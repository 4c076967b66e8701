import type { KeyboardEvent, Ref } from 'react';
import { texts } from '../../texts.js';
import { Icon } from '../Icon.js';

interface SearchBoxProps {
  readonly text: string;
  readonly inputRef: Ref<HTMLInputElement>;
  /** The list of results and the one that is chosen in it, by their element ids; null where there is none. */
  readonly listId: string | null;
  readonly activeId: string | null;
  readonly onText: (text: string) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

/** The field that is searched with as it is typed; it keeps the focus while the arrows move through the results. */
export function SearchBox({ text, inputRef, listId, activeId, onText, onKey }: SearchBoxProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && text !== '') {
      // The first Escape clears the field, the next one hides the popover.
      event.preventDefault();
      return onText('');
    }
    onKey(event);
  };
  return (
    <div className="search-box">
      <Icon name="search" />
      <input
        ref={inputRef}
        type="text"
        role="combobox"
        aria-label={texts.archive.search}
        aria-expanded={listId !== null}
        aria-controls={listId ?? undefined}
        aria-activedescendant={activeId ?? undefined}
        aria-autocomplete="list"
        placeholder={texts.archive.searchHint}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {text === '' ? null : (
        <button
          type="button"
          className="button-icon"
          aria-label={texts.archive.clear}
          data-hint={texts.archive.clear}
          onClick={() => onText('')}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
