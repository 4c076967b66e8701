import { useId } from 'react';
import { colourBands } from '../../../shared/colour-bands.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useFields } from '../../use-field.js';
import { RangeSlider } from '../RangeSlider.js';
import { rowIds, SettingRow } from './SettingRow.js';

/** Where the colours of gauge and bars change: two thumbs on a slider that shows them. Until they are moved they follow the export band. */
export function ColourSetting(scene: SettingsScene) {
  const ids = rowIds(useId());
  const field = useFields(scene, ['warnPercent', 'alarmPercent']);
  const { warn, alarm } = colourBands({ ...scene.state.settings, ...field.shown });
  // Each thumb stays with the export band until it is moved itself.
  const preview = (nextWarn: number, nextAlarm: number): void =>
    field.preview({
      warnPercent: nextWarn === warn ? field.shown.warnPercent : nextWarn,
      alarmPercent: nextAlarm === alarm ? field.shown.alarmPercent : nextAlarm,
    });
  return (
    <SettingRow
      ids={ids}
      name={texts.settings.colours}
      hint={field.reset === null ? texts.settings.coloursFollow : texts.settings.coloursHint}
      reset={field.reset}
      held={field.held}
      faults={field.faults}
      control={<output className="setting-value">{texts.settings.coloursValue(warn, alarm)}</output>}
      below={
        <RangeSlider
          positions={[Math.min(warn, alarm - 1), alarm]}
          min={1}
          max={100}
          hasZones
          thumbs={[
            { label: texts.settings.warn, valueText: texts.rules.percentValue(warn), max: 99 },
            { label: texts.settings.alarm, valueText: texts.rules.percentValue(alarm), min: 2 },
          ]}
          describedBy={ids.notes}
          onPreview={([nextWarn = warn, nextAlarm = alarm]) => preview(nextWarn, nextAlarm)}
          onCommit={field.commit}
          onCommitSoon={field.commitSoon}
          onCancel={field.cancel}
        />
      }
    />
  );
}
