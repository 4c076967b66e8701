import { useId, useState } from 'react';
import type { AppState } from '../../shared/app-state.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import { cooldownScale } from '../cooldown-scale.js';
import { heldByFlag } from '../held-by-flag.js';
import { sendSettings } from '../send-settings.js';
import { texts } from '../texts.js';
import { useSetting } from '../use-setting.js';
import { FieldNotes } from './FieldNotes.js';
import { NumberField } from './NumberField.js';
import { RangeSlider } from './RangeSlider.js';

const mostMinutes = 1440;

/** The cooldown, 0 to 1440 minutes: a slider that is fine up to an hour and coarse up to a day, and a field for every minute. */
export function CooldownSetting({ state, api }: { readonly state: AppState; readonly api: PopoverApi }) {
  const notesId = useId();
  const [localFault, setLocalFault] = useState<string | null>(null);
  const cooldown = useSetting(state.settings.cooldownMinutes, Object.is, (cooldownMinutes) =>
    sendSettings(api, { cooldownMinutes }),
  );
  const faults = localFault === null ? cooldown.faults : [localFault];
  return (
    <div className="setting">
      <div className="setting-head">
        <span className="setting-name">{texts.rules.cooldown}</span>
        <NumberField
          label={texts.rules.cooldownField}
          unit={texts.rules.cooldownUnit}
          min={0}
          max={mostMinutes}
          setting={cooldown}
          describedBy={notesId}
          hasFault={faults.length > 0}
          onLocalFault={setLocalFault}
        />
      </div>
      <RangeSlider
        positions={[cooldownScale.positionOf(cooldown.shown)]}
        min={0}
        max={cooldownScale.lastPosition}
        thumbs={[
          {
            label: texts.rules.cooldown,
            valueText: texts.rules.cooldownValue(cooldown.shown),
            now: cooldown.shown,
            max: mostMinutes,
          },
        ]}
        describedBy={notesId}
        onPreview={([position = 0]) => cooldown.preview(cooldownScale.minutesAt(position))}
        onCommit={cooldown.commit}
        onCommitSoon={cooldown.commitSoon}
        onCancel={cooldown.cancel}
      />
      <FieldNotes id={notesId} held={heldByFlag(state, ['cooldownMinutes'])} faults={faults} />
    </div>
  );
}
