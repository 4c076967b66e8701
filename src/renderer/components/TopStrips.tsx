import type { AppState } from '../../shared/app-state.js';
import { texts } from '../texts.js';
import { Banner } from './Banner.js';
import { DeletionStrip } from './DeletionStrip.js';
import { Problems } from './Problems.js';
import { ScriptOffer } from './ScriptOffer.js';

interface TopStripsProps {
  readonly state: AppState;
  readonly onLeaveDemo: () => void;
  readonly onStopDaemon: () => void;
  readonly onArchive: () => void;
  readonly onAnswerOffer: (accepted: boolean) => void;
}

/** What has to be seen before anything else: the demo, another exporter at work, what is about to be deleted, an offer, and what is wrong. */
export function TopStrips({ state, onLeaveDemo, onStopDaemon, onArchive, onAnswerOffer }: TopStripsProps) {
  return (
    <>
      {state.demo ? (
        <Banner icon="play" text={texts.demo.banner} action={texts.demo.leave} onAction={onLeaveDemo} />
      ) : null}
      {state.mode === 'show-only' ? (
        <Banner icon="eye" text={texts.problems.showOnly} action={texts.problems.stopDaemon} onAction={onStopDaemon} />
      ) : null}
      {state.mode === 'exporting' ? <DeletionStrip near={state.nearDeletion} onArchive={onArchive} /> : null}
      {state.scripts.exporter === 'offered' && !state.firstRun ? <ScriptOffer onAnswer={onAnswerOffer} /> : null}
      <Problems problems={state.problems} />
    </>
  );
}
