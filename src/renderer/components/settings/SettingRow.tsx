import { type ReactNode, useRef } from 'react';
import { texts } from '../../texts.js';
import { FieldNotes } from '../FieldNotes.js';
import { Icon } from '../Icon.js';

/** The ids by which a control is named and described; made from one id of React's. */
export interface RowIds {
  readonly control: string;
  readonly name: string;
  readonly notes: string;
}

interface SettingRowProps {
  readonly ids: RowIds;
  readonly name: string;
  /** A sentence that says what it does; null where there is no room for one. */
  readonly hint: string | null;
  /** Stands beside the name. */
  readonly control: ReactNode;
  /** Stands below, over the whole width. */
  readonly below?: ReactNode;
  /** Pressing the name is pressing the control. */
  readonly isLabel?: boolean;
  readonly reset?: (() => void) | null;
  readonly note?: string | null;
  readonly held?: string | null;
  readonly faults: readonly string[];
}

/** Makes the ids of a row. */
export function rowIds(id: string): RowIds {
  return { control: `${id}control`, name: `${id}name`, notes: `${id}notes` };
}

/** A setting: its name with the way back to the default, its control, its sentence, and what has to be said of its value. */
export function SettingRow(props: SettingRowProps) {
  const { ids, name, hint, control, below, isLabel = false, reset = null, note = null, held = null, faults } = props;
  const row = useRef<HTMLDivElement>(null);
  const goBack = (): void => {
    reset?.();
    // The button is gone after that; whoever pressed it stays in the row.
    row.current?.querySelector<HTMLElement>('.setting-control :is(button, input), [role="slider"]')?.focus();
  };
  return (
    <div className="setting" ref={row}>
      <div className="setting-head">
        <span className="setting-title">
          {isLabel ? (
            <label className="setting-name" id={ids.name} htmlFor={ids.control}>
              {name}
            </label>
          ) : (
            <span className="setting-name" id={ids.name}>
              {name}
            </span>
          )}
          {reset === null ? null : (
            <button
              type="button"
              className="button-icon button-reset"
              aria-label={texts.settings.reset(name)}
              title={texts.settings.reset(name)}
              onClick={goBack}
            >
              <Icon name="reset" />
            </button>
          )}
        </span>
        <span className="setting-control">{control}</span>
      </div>
      {below}
      <div id={ids.notes}>
        {hint === null ? null : <p className="setting-hint">{hint}</p>}
        <FieldNotes note={note} held={held} faults={faults} />
      </div>
    </div>
  );
}
