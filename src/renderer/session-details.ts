import type { SessionState } from '../shared/app-state.js';
import { displayText } from './display-text.js';
import { muteWords } from './mute-words.js';
import { texts } from './texts.js';

/** What is told of a session only to those who ask, by hovering, or who can't see: sentences, the most wanted first. */
export interface SessionDetails {
  /** How the figure was come by, and how the window's size is known. */
  readonly figure: readonly string[];
  /** Branch, version of the client, compactions so far. */
  readonly surroundings: readonly string[];
}

/** Puts where a session's figures come from, and where it runs, into words; what is not known is left out. */
export function sessionDetails(session: SessionState, nowMs: number): SessionDetails {
  const { percent, estimated, complete, windowSource, gitBranch, clientVersion, compactions } = session;
  const mute = muteWords(session.mute, nowMs);
  const branch = displayText(gitBranch ?? '');
  const version = displayText(clientVersion ?? '');
  return {
    figure: [
      percent === null ? null : estimated ? texts.details.estimated : texts.details.measured,
      complete ? null : texts.details.readingRest,
      windowSource === null ? null : texts.session.windowSources[windowSource],
      session.exportBand.isOwn ? texts.threshold.own(session.exportBand.from) : null,
    ].filter((line) => line !== null),
    surroundings: [
      branch === '' ? null : texts.details.branch(branch),
      version === '' ? null : texts.details.client(version),
      compactions === null || compactions === 0 ? null : texts.details.compactions(compactions),
      mute === null ? null : texts.mute.notices(mute),
    ].filter((line) => line !== null),
  };
}
