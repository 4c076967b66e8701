import { useEffect, useId, useRef, useState } from 'react';
import type { SessionState } from '../../shared/app-state.js';
import { texts } from '../texts.js';
import { useSetting } from '../use-setting.js';
import type { SessionActions } from '../use-session-actions.js';
import { FieldNotes } from './FieldNotes.js';
import { IconButton } from './IconButton.js';
import { NumberField } from './NumberField.js';
import { RangeSlider } from './RangeSlider.js';

interface OwnThresholdProps {
  readonly session: SessionState;
  /** The threshold that holds for sessions without one of their own, whole percent. */
  readonly common: number;
  readonly actions: SessionActions;
  readonly onClose: () => void;
}

/** Where one session is exported, as a field and a slider below it; the common threshold is one press away. */
export function OwnThreshold({ session, common, actions, onClose }: OwnThresholdProps) {
  const notesId = useId();
  const [localFault, setLocalFault] = useState<string | null>(null);
  const { from, isOwn } = session.exportBand;
  const threshold = useSetting(from, Object.is, (percent) => actions.setThreshold(session.id, percent));
  const faults = localFault === null ? threshold.faults : [localFault];
  const line = session.compactionLine?.percent ?? null;
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => part.current?.querySelector('input')?.focus(), []);
  return (
    <div className="own-threshold" ref={part} role="group" aria-label={texts.threshold.label}>
      <div className="setting-head">
        <span className="setting-name">{texts.threshold.label}</span>
        <span className="own-threshold-tools">
          <NumberField
            label={texts.threshold.field}
            unit={texts.threshold.unit}
            min={1}
            max={99}
            setting={threshold}
            describedBy={notesId}
            hasFault={faults.length > 0}
            onLocalFault={setLocalFault}
          />
          <button
            type="button"
            className="button button-small"
            aria-disabled={!isOwn}
            onClick={isOwn ? () => void actions.setThreshold(session.id, null) : undefined}
          >
            {texts.threshold.useCommon(common)}
          </button>
          <IconButton icon="close" label={texts.threshold.close} onClick={onClose} />
        </span>
      </div>
      <RangeSlider
        positions={[Math.min(Math.max(threshold.shown, 1), 99)]}
        min={1}
        max={99}
        thumbs={[{ label: texts.threshold.slider, valueText: texts.rules.percentValue(threshold.shown) }]}
        describedBy={notesId}
        onPreview={([percent = from]) => threshold.preview(percent)}
        onCommit={threshold.commit}
        onCommitSoon={threshold.commitSoon}
        onCancel={threshold.cancel}
      />
      <div id={notesId}>
        <FieldNotes
          held={null}
          note={line !== null && line < threshold.shown ? texts.threshold.unreached(Math.floor(line)) : null}
          faults={faults}
        />
      </div>
    </div>
  );
}
