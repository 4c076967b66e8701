import { useId } from 'react';
import type { AppState } from '../../shared/app-state.js';
import { heldByFlag } from '../held-by-flag.js';
import type { Band } from '../session-view.js';
import { texts } from '../texts.js';
import { unreachedThreshold } from '../unreached-threshold.js';
import type { SettingControl } from '../use-setting.js';
import { FieldNotes } from './FieldNotes.js';
import { RangeSlider } from './RangeSlider.js';

/** The export band on one slider with two thumbs: threshold 1–99, maximum above it and at most 100. */
export function BandSetting({ state, band }: { readonly state: AppState; readonly band: SettingControl<Band> }) {
  const notesId = useId();
  const { from, to } = band.shown;
  return (
    <div className="setting">
      <div className="setting-head">
        <span className="setting-name">{texts.rules.band}</span>
        <output className="setting-value">{texts.rules.bandValue(from, to)}</output>
      </div>
      <RangeSlider
        positions={[from, to]}
        min={1}
        max={100}
        thumbs={[
          { label: texts.rules.threshold, valueText: texts.rules.percentValue(from), max: 99 },
          { label: texts.rules.maximum, valueText: texts.rules.percentValue(to), min: 2 },
        ]}
        describedBy={notesId}
        onPreview={([threshold = from, maximum = to]) => band.preview({ from: threshold, to: maximum })}
        onCommit={band.commit}
        onCommitSoon={band.commitSoon}
        onCancel={band.cancel}
      />
      <FieldNotes
        id={notesId}
        note={unreachedThreshold(state.sessions, from)}
        held={heldByFlag(state, ['thresholdPercent', 'maxPercent'])}
        faults={band.faults}
      />
    </div>
  );
}
