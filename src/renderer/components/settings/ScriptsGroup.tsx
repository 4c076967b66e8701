import { displayText } from '../../display-text.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import { SwitchSetting } from './SwitchSetting.js';

/** What runs besides the built-in export: CODITECT's scripts where they are installed, and the user's own command, which is set in the settings file. */
export function ScriptsGroup(scene: SettingsScene) {
  const { scripts, settings } = scene.state;
  const exporter = useField(scene, 'exporterScript');
  const extractor = useField(scene, 'extractorScript');
  const command = settings.commandAfterExport;
  return (
    <>
      {scripts.exporter === 'missing' ? null : (
        <SwitchSetting name={texts.scripts.exporter} hint={texts.scripts.exporterHint} field={exporter} />
      )}
      {scripts.extractor === 'missing' ? null : (
        <SwitchSetting
          name={texts.scripts.extractor}
          hint={texts.scripts.extractorHint}
          field={{
            ...extractor,
            shown: extractor.shown === 'auto',
            choose: (isOn) => extractor.choose(isOn ? 'auto' : 'off'),
          }}
        />
      )}
      {scripts.exporter === 'missing' && scripts.extractor === 'missing' ? (
        <p className="nothing">{texts.scripts.missing}</p>
      ) : null}
      <section className="setting" aria-label={texts.scripts.command}>
        <div className="setting-head">
          <h3 className="setting-name">{texts.scripts.command}</h3>
          {command.length === 0 ? <span className="setting-value">{texts.scripts.noCommand}</span> : null}
        </div>
        {command.length === 0 ? null : (
          <ol className="words" aria-label={texts.scripts.command}>
            {command.map((word, index) => (
              // The same word may be there twice.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <code>
                  <bdi>{displayText(word)}</bdi>
                </code>
              </li>
            ))}
          </ol>
        )}
        <p className="setting-hint">{texts.scripts.commandHint}</p>
      </section>
    </>
  );
}
