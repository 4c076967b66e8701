import { useId, useState } from 'react';
import type { AppState } from '../../shared/app-state.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import { sendSettings } from '../send-settings.js';
import { texts } from '../texts.js';
import { useSetting } from '../use-setting.js';
import { FieldNotes } from './FieldNotes.js';
import { NumberField } from './NumberField.js';

const mostMinutes = 1440;

/** After how many minutes of quiet a session is exported, 0 to 1440; 0: never. */
export function IdleSetting({ state, api }: { readonly state: AppState; readonly api: PopoverApi }) {
  const notesId = useId();
  const [localFault, setLocalFault] = useState<string | null>(null);
  const idle = useSetting(state.settings.idleExportMinutes, Object.is, (idleExportMinutes) =>
    sendSettings(api, { idleExportMinutes }),
  );
  const faults = localFault === null ? idle.faults : [localFault];
  return (
    <div className="setting">
      <div className="setting-head">
        <span className="setting-name">{texts.settings.idle}</span>
        <NumberField
          label={texts.settings.idleField}
          unit={texts.settings.idleUnit}
          min={0}
          max={mostMinutes}
          setting={idle}
          describedBy={notesId}
          hasFault={faults.length > 0}
          onLocalFault={setLocalFault}
        />
      </div>
      <p className="setting-hint">{texts.settings.idleHint}</p>
      <FieldNotes id={notesId} held={null} faults={faults} />
    </div>
  );
}
