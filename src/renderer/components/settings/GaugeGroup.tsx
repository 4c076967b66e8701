import { isMac } from '../../platform.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import { ChoiceSetting } from './ChoiceSetting.js';
import { ColourSetting } from './ColourSetting.js';
import { GaugeShape } from './GaugeShape.js';
import { SwitchSetting } from './SwitchSetting.js';

const shapes = ['ring', 'bar', 'number'] as const;
const colours = ['auto', 'colour', 'monochrome'] as const;

/** What the gauge in the tray looks like, and where the colours of gauge and bars change. */
export function GaugeGroup(scene: SettingsScene) {
  const title = useField(scene, 'gaugeTitle');
  return (
    <>
      <ChoiceSetting
        name={texts.settings.shape}
        hint={texts.settings.shapeHint}
        options={shapes.map((value) => ({
          value,
          text: texts.settings.shapes[value],
          picture: <GaugeShape shape={value} />,
        }))}
        field={useField(scene, 'gaugeStyle')}
      />
      <ChoiceSetting
        name={texts.settings.ink}
        hint={texts.settings.inkHint}
        options={colours.map((value) => ({ value, text: texts.settings.inks[value] }))}
        field={useField(scene, 'gaugeColour')}
      />
      {isMac() ? (
        <SwitchSetting name={texts.settings.gaugeTitle} hint={texts.settings.gaugeTitleHint} field={title} />
      ) : null}
      <ColourSetting {...scene} />
    </>
  );
}
