import * as Switch from '@radix-ui/react-switch';
import { useId } from 'react';
import type { Field } from '../../use-field.js';
import { rowIds, SettingRow } from './SettingRow.js';

interface SwitchSettingProps {
  readonly name: string;
  readonly hint: string;
  readonly field: Pick<Field<boolean>, 'shown' | 'choose' | 'reset' | 'held' | 'faults'>;
  readonly note?: string | null;
}

/** A setting that is on or off. */
export function SwitchSetting({ name, hint, field, note = null }: SwitchSettingProps) {
  const ids = rowIds(useId());
  return (
    <SettingRow
      ids={ids}
      name={name}
      hint={hint}
      isLabel
      reset={field.reset}
      note={note}
      held={field.held}
      faults={field.faults}
      control={<SwitchControl ids={ids} isOn={field.shown} onChange={field.choose} />}
    />
  );
}

/** The switch itself, named and described by its row. */
export function SwitchControl(props: {
  readonly ids: { readonly control: string; readonly name: string; readonly notes: string };
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  const { ids, isOn, onChange } = props;
  return (
    <Switch.Root
      id={ids.control}
      className="switch"
      aria-labelledby={ids.name}
      aria-describedby={ids.notes}
      checked={isOn}
      onCheckedChange={onChange}
    >
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  );
}
