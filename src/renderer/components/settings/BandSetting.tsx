import { useId } from 'react';
import type { AppState } from '../../../shared/app-state.js';
import { defaultSettings } from '../../../shared/default-settings.js';
import { heldByFlag } from '../../held-by-flag.js';
import type { Band } from '../../session-view.js';
import { texts } from '../../texts.js';
import { unreachedThreshold } from '../../unreached-threshold.js';
import type { SettingControl } from '../../use-setting.js';
import { RangeSlider } from '../RangeSlider.js';
import { rowIds, SettingRow } from './SettingRow.js';

interface BandSettingProps {
  readonly state: AppState;
  readonly band: SettingControl<Band>;
  /** With its sentence and reset. */
  readonly isFull: boolean;
}

/** The export band on one slider with two thumbs: threshold 1–99, maximum above it and at most 100. */
export function BandSetting({ state, band, isFull }: BandSettingProps) {
  const ids = rowIds(useId());
  const { from, to } = band.shown;
  const { thresholdPercent, maxPercent } = defaultSettings;
  const isDefault = from === thresholdPercent && to === maxPercent;
  const reset = (): void => {
    band.preview({ ...band.shown, from: thresholdPercent, to: maxPercent });
    band.commit();
  };
  return (
    <SettingRow
      ids={ids}
      name={texts.rules.band}
      hint={isFull ? texts.rules.bandHint : null}
      reset={isFull && !isDefault ? reset : null}
      note={unreachedThreshold(state.sessions, from)}
      held={heldByFlag(state, ['thresholdPercent', 'maxPercent'])}
      faults={band.faults}
      control={<output className="setting-value">{texts.rules.bandValue(from, to)}</output>}
      below={
        <RangeSlider
          positions={[from, to]}
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
