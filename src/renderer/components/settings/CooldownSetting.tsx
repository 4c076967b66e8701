import { cooldownScale } from '../../cooldown-scale.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import { NumberSetting } from './NumberSetting.js';

/** The cooldown, 0 to 1440 minutes: a slider that is fine up to an hour and coarse up to a day, and a field for every minute. `isFull`: with its sentence and reset. */
export function CooldownSetting({ isFull, ...scene }: SettingsScene & { readonly isFull: boolean }) {
  return (
    <NumberSetting
      name={texts.rules.cooldown}
      hint={isFull ? texts.rules.cooldownHint : null}
      label={texts.rules.cooldownField}
      unit={texts.rules.cooldownUnit}
      min={0}
      max={1440}
      field={useField(scene, 'cooldownMinutes')}
      hasReset={isFull}
      scale={{ ...cooldownScale, valueAt: cooldownScale.minutesAt, valueText: texts.rules.cooldownValue }}
    />
  );
}
