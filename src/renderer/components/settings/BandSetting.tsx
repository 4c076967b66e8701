import { useId, useState } from 'react';
import type { AppState } from '../../../shared/app-state.js';
import { defaultSettings } from '../../../shared/default-settings.js';
import { heldByFlag } from '../../held-by-flag.js';
import type { Band } from '../../session-view.js';
import { texts } from '../../texts.js';
import { unreachedThreshold } from '../../unreached-threshold.js';
import type { SettingControl } from '../../use-setting.js';
import { NumberField } from '../NumberField.js';
import { RangeSlider } from '../RangeSlider.js';
import { rowIds, SettingRow } from './SettingRow.js';

interface BandSettingProps {
  readonly state: AppState;
  readonly band: SettingControl<Band>;
  /** With its sentence and reset. */
  readonly isFull: boolean;
}

/** The export band as two fields and on one slider with two thumbs: threshold 1–99, maximum above it and at most 100. */
export function BandSetting({ state, band, isFull }: BandSettingProps) {
  const ids = rowIds(useId());
  const [localFault, setLocalFault] = useState<string | null>(null);
  const { from, to } = band.shown;
  const faults = localFault === null ? band.faults : [localFault];
  const { thresholdPercent, maxPercent } = defaultSettings;
  const isDefault = from === thresholdPercent && to === maxPercent;
  const reset = (): void => {
    band.preview({ ...band.shown, from: thresholdPercent, to: maxPercent });
    band.commit();
  };
  const edge = (shown: number, change: (percent: number) => Partial<Band>): SettingControl<number> => ({
    ...band,
    shown,
    preview: (percent) => band.preview({ ...band.shown, ...change(percent) }),
  });
  const field = { describedBy: ids.notes, hasFault: faults.length > 0, onLocalFault: setLocalFault };
  return (
    <SettingRow
      ids={ids}
      name={texts.rules.band}
      hint={isFull ? texts.rules.bandHint : null}
      reset={isFull && !isDefault ? reset : null}
      note={unreachedThreshold(state.sessions, from)}
      held={heldByFlag(state, ['thresholdPercent', 'maxPercent'])}
      faults={faults}
      control={
        <span className="band-fields">
          <NumberField
            label={texts.rules.thresholdField}
            unit={texts.rules.bandAnd}
            min={1}
            max={99}
            setting={edge(from, (percent) => ({ from: percent }))}
            {...field}
          />
          <NumberField
            label={texts.rules.maximumField}
            unit={texts.rules.bandUnit}
            min={2}
            max={100}
            setting={edge(to, (percent) => ({ to: percent }))}
            {...field}
          />
        </span>
      }
      below={
        <RangeSlider
          positions={positionsOf(band.shown)}
          min={1}
          max={100}
          thumbs={[
            { label: texts.rules.threshold, valueText: texts.rules.percentValue(from), max: 99 },
            { label: texts.rules.maximum, valueText: texts.rules.percentValue(to), min: 2 },
          ]}
          describedBy={ids.notes}
          onPreview={([threshold = from, maximum = to]) =>
            band.preview({ ...band.shown, from: threshold, to: maximum })
          }
          onCommit={band.commit}
          onCommitSoon={band.commitSoon}
          onCancel={band.cancel}
        />
      }
    />
  );
}

/** Where the thumbs stand: what is typed may be out of range or the wrong way round until it is refused. */
function positionsOf({ from, to }: Band): readonly number[] {
  const threshold = Math.min(Math.max(from, 1), 99);
  return [threshold, Math.min(Math.max(to, threshold + 1), 100)];
}
