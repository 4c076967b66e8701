import { useId, useState } from 'react';
import type { QuietHours } from '../../../shared/settings.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import { rowIds, SettingRow } from './SettingRow.js';
import { SwitchControl } from './SwitchSetting.js';

const usualHours: QuietHours = { from: '22:00', to: '07:00' };
const edges = ['from', 'to'] as const;

/** The time of each day in which notices make no sound; off as shipped. */
export function QuietHoursSetting(scene: SettingsScene) {
  const ids = rowIds(useId());
  const field = useField(scene, 'quietHours');
  const hours = field.shown;
  return (
    <SettingRow
      ids={ids}
      name={texts.settings.quiet}
      hint={texts.settings.quietHint}
      isLabel
      held={field.held}
      faults={field.faults}
      control={
        <SwitchControl ids={ids} isOn={hours !== null} onChange={(isOn) => field.choose(isOn ? usualHours : null)} />
      }
      below={
        hours === null ? null : (
          <div className="times">
            {edges.map((edge) => (
              <label key={edge} className="time">
                {texts.settings.quietEdges[edge]}
                <TimeField
                  time={hours[edge]}
                  describedBy={ids.notes}
                  onTime={(time) => {
                    field.preview({ ...hours, [edge]: time });
                    field.commitSoon();
                  }}
                  onLeave={field.commit}
                />
              </label>
            ))}
          </div>
        )
      }
    />
  );
}

interface TimeFieldProps {
  readonly time: string;
  readonly describedBy: string;
  readonly onTime: (time: string) => void;
  readonly onLeave: () => void;
}

/** A time of day; what is half typed stays in the field until the focus leaves it. */
function TimeField({ time, describedBy, onTime, onLeave }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      type="time"
      className="field"
      aria-describedby={describedBy}
      value={typed ?? time}
      onChange={({ target }) => {
        setTyped(target.value);
        if (target.value !== '') onTime(target.value);
      }}
      onBlur={() => {
        setTyped(null);
        onLeave();
      }}
    />
  );
}
