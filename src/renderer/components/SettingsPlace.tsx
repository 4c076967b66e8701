import type { AppState, PlaceName } from '../../shared/app-state.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import type { SettingsPatch } from '../../shared/settings.js';
import { displayText } from '../display-text.js';
import { sendSettings } from '../send-settings.js';
import { texts } from '../texts.js';
import { IdleSetting } from './IdleSetting.js';
import { PollSetting } from './PollSetting.js';
import { RootList } from './RootList.js';
import { SwitchSetting } from './SwitchSetting.js';

interface SettingsPlaceProps {
  readonly state: AppState;
  readonly api: PopoverApi;
  readonly onOpen: (place: PlaceName) => void;
  readonly onFault: (message: string) => void;
}

/** What is set less often: poll interval, sound, quiet and old sessions, scripts that are installed; and where things are: watched folders, archive, log, settings file. */
export function SettingsPlace({ state, api, onOpen, onFault }: SettingsPlaceProps) {
  const { places, settings } = state;
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
  const { exporter, extractor } = state.scripts;
  return (
    <>
      <section className="section" aria-label={texts.places.settings}>
        <PollSetting state={state} api={api} />
        <SwitchSetting
          name={texts.settings.sound}
          isOn={settings.noticeSound}
          onChange={(noticeSound) => void change({ noticeSound })}
        />
        <IdleSetting state={state} api={api} />
        <SwitchSetting
          name={texts.settings.beforeDeletion}
          hint={texts.settings.beforeDeletionHint}
          isOn={settings.archiveBeforeDeletion}
          onChange={(archiveBeforeDeletion) => void change({ archiveBeforeDeletion })}
        />
        {exporter === 'missing' ? null : (
          <SwitchSetting
            name={texts.scripts.exporter}
            isOn={settings.exporterScript}
            onChange={(exporterScript) => void change({ exporterScript })}
          />
        )}
        {extractor === 'missing' ? null : (
          <SwitchSetting
            name={texts.scripts.extractor}
            isOn={settings.extractorScript === 'auto'}
            onChange={(isOn) => void change({ extractorScript: isOn ? 'auto' : 'off' })}
          />
        )}
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
