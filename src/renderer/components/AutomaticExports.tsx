import type { AppState } from '../../shared/app-state.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import type { Band } from '../session-view.js';
import { texts } from '../texts.js';
import type { SettingControl } from '../use-setting.js';
import { BandSetting } from './settings/BandSetting.js';
import { CooldownSetting } from './settings/CooldownSetting.js';
import { Icon } from './Icon.js';

interface AutomaticExportsProps {
  readonly state: AppState;
  readonly api: PopoverApi;
  readonly band: SettingControl<Band>;
  readonly onPause: (paused: boolean) => void;
}

/** When exports happen by themselves: the band, the cooldown, and pause. */
export function AutomaticExports({ state, api, band, onPause }: AutomaticExportsProps) {
  return (
    <section className="section rules" aria-label={texts.rules.heading}>
      <div className="section-head">
        <h2 className="rules-heading" data-paused={state.paused} aria-live="polite">
          {state.paused ? <Icon name="pause" /> : null}
          {state.paused ? texts.pause.heading : texts.rules.heading}
        </h2>
        <button type="button" className="button button-small rules-pause" onClick={() => onPause(!state.paused)}>
          <Icon name={state.paused ? 'play' : 'pause'} />
          {state.paused ? texts.pause.resume : texts.pause.pause}
        </button>
      </div>
      <BandSetting state={state} band={band} isFull={false} />
      <CooldownSetting state={state} api={api} isFull={false} />
    </section>
  );
}
