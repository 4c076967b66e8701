import { useId, useState } from 'react';
import { acceleratorOf, shortcutWords } from '../../accelerator.js';
import { isMac } from '../../platform.js';
import { texts } from '../../texts.js';
import { type SettingsScene, useField } from '../../use-field.js';
import { rowIds, SettingRow } from './SettingRow.js';

/** The key combination that opens the popover from anywhere: pressed to be set, Escape leaves it as it is. */
export function ShortcutSetting(scene: SettingsScene) {
  const ids = rowIds(useId());
  const field = useField(scene, 'globalShortcut');
  const [isListening, setListening] = useState(false);
  const words = field.shown === null ? texts.settings.noShortcut : shortcutWords(field.shown, isMac());
  return (
    <SettingRow
      ids={ids}
      name={texts.settings.shortcut}
      hint={isListening ? texts.settings.shortcutListening : texts.settings.shortcutHint}
      reset={field.reset}
      held={field.held}
      faults={field.faults}
      control={
        <button
          type="button"
          id={ids.control}
          className="button button-small button-keys"
          aria-labelledby={`${ids.name} ${ids.control}`}
          aria-describedby={ids.notes}
          aria-pressed={isListening}
          onClick={() => setListening(!isListening)}
          onBlur={() => setListening(false)}
          onKeyDown={(event) => {
            if (!isListening || event.key === 'Tab') return;
            event.preventDefault();
            if (event.key === 'Escape') return setListening(false);
            const accelerator = acceleratorOf(event, isMac());
            if (accelerator === null) return;
            setListening(false);
            field.choose(accelerator);
          }}
        >
          {isListening ? texts.settings.pressKeys : words}
        </button>
      }
    />
  );
}
