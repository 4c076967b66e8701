import { useId, useState } from 'react';
import type { Field } from '../../use-field.js';
import { NumberField } from '../NumberField.js';
import { RangeSlider } from '../RangeSlider.js';
import { rowIds, SettingRow } from './SettingRow.js';

/** The scale of a slider whose steps are not even: a position is a place on it. */
export interface SliderScale {
  readonly lastPosition: number;
  readonly positionOf: (value: number) => number;
  readonly valueAt: (position: number) => number;
  /** A value as it is spoken. */
  readonly valueText: (value: number) => string;
}

interface NumberSettingProps {
  readonly name: string;
  readonly hint: string | null;
  /** What the number field is called when it is spoken. */
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly field: Field<number>;
  /** Shows the way back to the default. */
  readonly hasReset?: boolean;
  readonly scale?: SliderScale;
}

/** A setting that is a whole number: a field for every one, and where it has a scale a slider for the usual ones. */
export function NumberSetting(props: NumberSettingProps) {
  const { name, hint, label, unit, min, max, field, hasReset = true, scale } = props;
  const ids = rowIds(useId());
  const [localFault, setLocalFault] = useState<string | null>(null);
  const faults = localFault === null ? field.faults : [localFault];
  return (
    <SettingRow
      ids={ids}
      name={name}
      hint={hint}
      reset={hasReset ? field.reset : null}
      held={field.held}
      faults={faults}
      control={
        <NumberField
          label={label}
          unit={unit}
          min={min}
          max={max}
          setting={field}
          describedBy={ids.notes}
          hasFault={faults.length > 0}
          onLocalFault={setLocalFault}
        />
      }
      below={
        scale === undefined ? null : (
          <RangeSlider
            positions={[scale.positionOf(field.shown)]}
            min={0}
            max={scale.lastPosition}
            thumbs={[{ label: name, valueText: scale.valueText(field.shown), now: field.shown, max }]}
            describedBy={ids.notes}
            onPreview={([position = 0]) => field.preview(scale.valueAt(position))}
            onCommit={field.commit}
            onCommitSoon={field.commitSoon}
            onCancel={field.cancel}
          />
        )
      }
    />
  );
}
