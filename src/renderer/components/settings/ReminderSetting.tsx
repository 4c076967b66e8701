import { useId, useState } from 'react';
import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import { NumberField } from '../NumberField.js';
import { rowIds, SettingRow } from './SettingRow.js';
import { SwitchControl } from './SwitchSetting.js';

const usualGigabytes = 10;

/** The archive's size of which the user is reminded, in gigabytes; off as shipped. */
export function ReminderSetting(scene: SettingsScene) {
  const ids = rowIds(useId());
  const [localFault, setLocalFault] = useState<string | null>(null);
  const field = useField(scene, 'archiveReminderGigabytes');
  const faults = localFault === null ? field.faults : [localFault];
  return (
    <SettingRow
      ids={ids}
      name={texts.settings.reminder}
      hint={texts.settings.reminderHint}
      isLabel
      held={field.held}
      faults={faults}
      control={
        <>
          {field.shown === null ? null : (
            <NumberField
              label={texts.settings.reminderField}
              unit={texts.settings.reminderUnit}
              min={1}
              max={100_000}
              setting={{ ...field, shown: field.shown }}
              describedBy={ids.notes}
              hasFault={faults.length > 0}
              onLocalFault={setLocalFault}
            />
          )}
          <SwitchControl
            ids={ids}
            isOn={field.shown !== null}
            onChange={(isOn) => field.choose(isOn ? usualGigabytes : null)}
          />
        </>
      }
    />
  );
}
