import { useEffect, useState } from 'react';
import type { AppState, PlaceName } from '../../../shared/app-state.js';
import type { PopoverApi } from '../../../shared/ipc-contract.js';
import { displayText } from '../../display-text.js';
import { heldByFlag } from '../../held-by-flag.js';
import { texts } from '../../texts.js';
import { FieldNotes } from '../FieldNotes.js';
import { Icon } from '../Icon.js';

const doneMilliseconds = 4000;

interface FilesGroupProps {
  readonly state: AppState;
  readonly api: PopoverApi;
  readonly onOpen: (place: PlaceName) => void;
}

/** Where the app's files are, and what can be handed to whoever helps. */
export function FilesGroup({ state, api, onOpen }: FilesGroupProps) {
  const { places } = state;
  const files: readonly { name: string; path: string; place: PlaceName }[] = [
    { name: texts.settings.archive, path: places.exportsArchive, place: 'exports-archive' },
    { name: texts.settings.pendingFolder, path: places.exportsPending, place: 'exports-pending' },
    { name: texts.settings.log, path: places.logFile, place: 'log' },
    { name: texts.settings.settingsFile, path: places.settingsFile, place: 'settings-file' },
  ];
  return (
    <>
      <ul className="facts">
        {files.map(({ name, path, place }) => (
          <li key={name} className="fact">
            <span className="fact-words">
              <span className="fact-name">{name}</span>
              <bdi className="fact-path">{displayText(path)}</bdi>
            </span>
            <button
              type="button"
              className="button button-small"
              aria-label={texts.settings.openPlace(name)}
              onClick={() => onOpen(place)}
            >
              {texts.settings.open}
            </button>
          </li>
        ))}
      </ul>
      <div className="setting">
        <p className="setting-hint">{texts.settings.storageHint}</p>
        <FieldNotes held={heldByFlag(state, ['contextStorage'])} faults={[]} />
      </div>
      <Diagnostics api={api} version={state.appVersion} />
    </>
  );
}

function Diagnostics({ api, version }: { readonly api: PopoverApi; readonly version: string }) {
  const [outcome, setOutcome] = useState<{ readonly fault: string | null } | null>(null);
  useEffect(() => {
    if (outcome?.fault !== null) return;
    const timer = setTimeout(() => setOutcome(null), doneMilliseconds);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    const answer = await api.copyDiagnostics().catch(() => ({ ok: false as const, message: texts.toast.noAnswer }));
    setOutcome({ fault: answer.ok ? null : answer.message });
  };
  const isCopied = outcome !== null && outcome.fault === null;
  return (
    <div className="setting">
      <div className="setting-head">
        <span className="setting-name">{texts.settings.version(version)}</span>
        <button type="button" className="button button-small" onClick={() => void copy()}>
          <Icon name={isCopied ? 'check' : 'copy'} />
          {texts.settings.diagnostics}
        </button>
      </div>
      <p className="setting-hint" role="status">
        {isCopied ? texts.settings.diagnosticsCopied : texts.settings.diagnosticsHint}
      </p>
      <FieldNotes held={null} faults={outcome === null || outcome.fault === null ? [] : [outcome.fault]} />
    </div>
  );
}
