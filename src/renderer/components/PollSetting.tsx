import { useId, useState } from 'react';
import type { AppState } from '../../shared/app-state.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import { heldByFlag } from '../held-by-flag.js';
import { sendSettings } from '../send-settings.js';
import { texts } from '../texts.js';
import { useSetting } from '../use-setting.js';
import { FieldNotes } from './FieldNotes.js';
import { Icon } from './Icon.js';
import { NumberField } from './NumberField.js';

const fewestSeconds = 1;
const mostSeconds = 3600;

/** The poll interval, 1 to 3600 seconds: a field with a step down and a step up. */
export function PollSetting({ state, api }: { readonly state: AppState; readonly api: PopoverApi }) {
  const notesId = useId();
  const [localFault, setLocalFault] = useState<string | null>(null);
  const poll = useSetting(state.settings.pollIntervalSeconds, Object.is, (pollIntervalSeconds) =>
    sendSettings(api, { pollIntervalSeconds }),
  );
  const faults = localFault === null ? poll.faults : [localFault];
  const step = (seconds: number): void => {
    poll.preview(Math.min(Math.max(poll.shown + seconds, fewestSeconds), mostSeconds));
    poll.commitSoon();
  };
  return (
    <div className="setting">
      <div className="setting-head">
        <span className="setting-name">{texts.settings.poll}</span>
        <span className="stepper">
          <button
            type="button"
            className="button-icon"
            aria-label={texts.settings.fewer}
            aria-disabled={poll.shown <= fewestSeconds}
            onClick={() => step(-1)}
          >
            <Icon name="minus" />
          </button>
          <NumberField
            label={texts.settings.pollField}
            unit={texts.settings.pollUnit}
            min={fewestSeconds}
            max={mostSeconds}
            setting={poll}
            describedBy={notesId}
            hasFault={faults.length > 0}
            onLocalFault={setLocalFault}
          />
          <button
            type="button"
            className="button-icon"
            aria-label={texts.settings.more}
            aria-disabled={poll.shown >= mostSeconds}
            onClick={() => step(1)}
          >
            <Icon name="plus" />
          </button>
        </span>
      </div>
      <p className="setting-hint">{texts.settings.pollHint}</p>
      <FieldNotes id={notesId} held={heldByFlag(state, ['pollIntervalSeconds'])} faults={faults} />
    </div>
  );
}
