import type { Band } from '../../session-view.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import type { SettingControl } from '../../use-setting.js';
import { BandSetting } from './BandSetting.js';
import { CooldownSetting } from './CooldownSetting.js';
import { NumberSetting } from './NumberSetting.js';
import { ReminderSetting } from './ReminderSetting.js';
import { SwitchSetting } from './SwitchSetting.js';

interface ExportsGroupProps extends SettingsScene {
  readonly band: SettingControl<Band>;
  readonly onPause: (paused: boolean) => void;
}

/** When sessions are exported by themselves, and what is said of the archive that grows from it. */
export function ExportsGroup({ band, onPause, ...scene }: ExportsGroupProps) {
  const { paused } = scene.state;
  return (
    <>
      <SwitchSetting
        name={texts.pause.automatic}
        hint={texts.pause.automaticHint}
        field={{ shown: !paused, choose: (isOn) => onPause(!isOn), reset: null, held: null, faults: [] }}
      />
      <BandSetting state={scene.state} band={band} isFull />
      <CooldownSetting {...scene} isFull />
      <NumberSetting
        name={texts.settings.idle}
        hint={texts.settings.idleHint}
        label={texts.settings.idleField}
        unit={texts.settings.idleUnit}
        min={0}
        max={1440}
        field={useField(scene, 'idleExportMinutes')}
      />
      <SwitchSetting
        name={texts.settings.beforeDeletion}
        hint={texts.settings.beforeDeletionHint}
        field={useField(scene, 'archiveBeforeDeletion')}
      />
      <ReminderSetting {...scene} />
    </>
  );
}
