import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import { ChoiceSetting } from './ChoiceSetting.js';
import { ShortcutSetting } from './ShortcutSetting.js';
import { SwitchSetting } from './SwitchSetting.js';

const themes = ['system', 'light', 'dark'] as const;

/** How the app starts, opens and looks. */
export function AppGroup(scene: SettingsScene) {
  return (
    <>
      <SwitchSetting
        name={texts.settings.login}
        hint={texts.settings.loginHint}
        field={useField(scene, 'launchAtLogin')}
      />
      <ShortcutSetting {...scene} />
      <SwitchSetting
        name={texts.settings.keepOpen}
        hint={texts.settings.keepOpenHint}
        field={useField(scene, 'keepOpen')}
      />
      <ChoiceSetting
        name={texts.settings.theme}
        hint={texts.settings.themeHint}
        options={themes.map((value) => ({ value, text: texts.settings.themes[value] }))}
        field={useField(scene, 'theme')}
      />
      <SwitchSetting name={texts.settings.mask} hint={texts.settings.maskHint} field={useField(scene, 'maskSecrets')} />
    </>
  );
}
