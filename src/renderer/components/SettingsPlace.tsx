import { useId } from 'react';
import type { AppState, PlaceName } from '../../shared/app-state.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import type { SettingsPatch } from '../../shared/settings.js';
import { displayText } from '../display-text.js';
import { sendSettings } from '../send-settings.js';
import { texts } from '../texts.js';
import { IdleSetting } from './IdleSetting.js';
import { PollSetting } from './PollSetting.js';
import { RootList } from './RootList.js';

interface SettingsPlaceProps {
  readonly state: AppState;
  readonly api: PopoverApi;
  readonly onOpen: (place: PlaceName) => void;
  readonly onFault: (message: string) => void;
}

/** What is set less often: poll interval, sound, quiet and old sessions; and where things are: watched folders, archive, log, settings file. */
export function SettingsPlace({ state, api, onOpen, onFault }: SettingsPlaceProps) {
  const { places, settings } = state;
  const hintId = useId();
  const files: readonly { name: string; path: string; place: PlaceName | null }[] = [
    { name: texts.settings.archive, path: places.exportsArchive, place: 'exports-archive' },
    { name: texts.settings.pendingFolder, path: places.exportsPending, place: 'exports-pending' },
    { name: texts.settings.log, path: places.logFile, place: 'log' },
    { name: texts.settings.settingsFile, path: places.settingsFile, place: null },
  ];
  const change = async (patch: SettingsPatch): Promise<void> => {
    const [fault] = await sendSettings(api, patch);
    if (fault !== undefined) onFault(fault);
  };
  return (
    <>
      <section className="section" aria-label={texts.places.settings}>
        <PollSetting state={state} api={api} />
        <label className="setting setting-head">
          <span className="setting-name">{texts.settings.sound}</span>
          <input
            type="checkbox"
            className="switch"
            checked={settings.noticeSound}
            onChange={(event) => void change({ noticeSound: event.target.checked })}
          />
        </label>
        <IdleSetting state={state} api={api} />
        <div className="setting">
          <label className="setting-head">
            <span className="setting-name">{texts.settings.beforeDeletion}</span>
            <input
              type="checkbox"
              className="switch"
              aria-describedby={hintId}
              checked={settings.archiveBeforeDeletion}
              onChange={(event) => void change({ archiveBeforeDeletion: event.target.checked })}
            />
          </label>
          <p className="setting-hint" id={hintId}>
            {texts.settings.beforeDeletionHint}
          </p>
        </div>
      </section>
      <section className="section" aria-label={texts.settings.roots}>
        <div className="section-head">
          <h2>{texts.settings.roots}</h2>
        </div>
        <RootList roots={state.roots} />
      </section>
      <section className="section" aria-label={texts.settings.files}>
        <div className="section-head">
          <h2>{texts.settings.files}</h2>
        </div>
        <ul className="facts">
          {files.map(({ name, path, place }) => (
            <li key={name} className="fact">
              <span className="fact-name">{name}</span>
              <bdi className="fact-path">{displayText(path)}</bdi>
              {place === null ? null : (
                <button
                  type="button"
                  className="button button-small"
                  aria-label={texts.settings.openPlace(name)}
                  onClick={() => onOpen(place)}
                >
                  {texts.settings.open}
                </button>
              )}
            </li>
          ))}
        </ul>
        <p className="setting-hint">{texts.settings.version(state.appVersion)}</p>
      </section>
    </>
  );
}
