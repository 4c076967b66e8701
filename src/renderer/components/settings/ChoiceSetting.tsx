import { useId } from 'react';
import type { Field } from '../../use-field.js';
import { Choice, type ChoiceOption } from './Choice.js';
import { rowIds, SettingRow } from './SettingRow.js';

interface ChoiceSettingProps<Value extends string> {
  readonly name: string;
  readonly hint: string;
  readonly options: readonly ChoiceOption<Value>[];
  readonly field: Field<Value>;
}

/** A setting with a few values, all of them in sight. */
export function ChoiceSetting<Value extends string>({ name, hint, options, field }: ChoiceSettingProps<Value>) {
  const ids = rowIds(useId());
  return (
    <SettingRow
      ids={ids}
      name={name}
      hint={hint}
      reset={field.reset}
      held={field.held}
      faults={field.faults}
      control={
        <Choice
          options={options}
          value={field.shown}
          onChoose={field.choose}
          labelledBy={ids.name}
          describedBy={ids.notes}
        />
      }
    />
  );
}
