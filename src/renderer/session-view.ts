import type { SessionState } from '../shared/app-state.js';
import { displayText } from './display-text.js';
import { figures } from './figures.js';
import { modelName } from './model-name.js';
import { texts } from './texts.js';

const freshMs = 10_000;

/** The edges of the export band in whole percent. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** Where a reading stands: below, in or above the band; `hollow` where there is none, `estimated` after a compaction. */
type Tone = 'calm' | 'band' | 'above' | 'estimated' | 'hollow';

/** A session in words and figures, ready to draw. */
export interface SessionView {
  readonly id: string;
  readonly project: string;
  readonly title: string;
  readonly hasTitle: boolean;
  readonly tone: Tone;
  /** 0–100, for the drawn length; null where nothing is known. */
  readonly fillPercent: number | null;
  /** `77`, `~4` or `–`. */
  readonly percentText: string;
  readonly tokensText: string | null;
  readonly modelText: string | null;
  readonly windowText: string | null;
  readonly windowHint: string | null;
  readonly stateText: string;
  /** Where it stands to the band, or null below it. */
  readonly bandText: string | null;
  /** The reading for a screen reader. */
  readonly meterText: string;
}

/** Puts a session into words; `band` is the one in force, `nowMs` the clock that ages are counted to. */
export function viewSession(session: SessionState, band: Band, nowMs: number): SessionView {
  const { percent } = session;
  const tone = toneOf(session, band);
  const bandText = tone === 'band' ? texts.session.inBand : tone === 'above' ? texts.session.aboveBand : null;
  const tokensText = tokensOf(session);
  const percentFigure = figures.percent(percent);
  return {
    id: session.id,
    project: displayText(session.project) || texts.session.unnamed,
    title: displayText(session.title ?? '') || texts.session.untitled,
    hasTitle: displayText(session.title ?? '') !== '',
    tone,
    fillPercent: percent === null ? null : Math.min(Math.max(percent, 0), 100),
    percentText: percent !== null && session.estimated ? `~${percentFigure}` : percentFigure,
    tokensText,
    modelText: modelOf(session),
    windowText: windowOf(session),
    windowHint: session.windowSource === null ? null : texts.session.windowSources[session.windowSource],
    stateText: stateOf(session, nowMs),
    bandText,
    meterText:
      percent === null
        ? texts.session.meterUnknown
        : texts.session.meterWords(percentFigure, tokensText, session.estimated, bandText),
  };
}

function toneOf({ percent, estimated }: SessionState, band: Band): Tone {
  if (percent === null) return 'hollow';
  if (estimated) return 'estimated';
  if (percent > band.to) return 'above';
  return percent >= band.from ? 'band' : 'calm';
}

function tokensOf({ usedTokens, windowTokens, estimated }: SessionState): string | null {
  if (usedTokens === null) return null;
  const used = figures.tokens(usedTokens);
  const text =
    windowTokens === null ? texts.session.tokensOnly(used) : texts.session.tokensOf(used, figures.tokens(windowTokens));
  return estimated ? texts.session.estimated(text) : text;
}

function modelOf({ model, requestedModel }: SessionState): string | null {
  const id = model ?? requestedModel;
  return id === null ? null : modelName(id);
}

function windowOf({ windowTokens, windowSource }: SessionState): string | null {
  if (windowTokens === null) return null;
  const size = figures.tokens(windowTokens);
  return windowSource === 'assumed' ? texts.session.windowAssumed(size) : texts.session.window(size);
}

function stateOf(session: SessionState, nowMs: number): string {
  if (session.state === 'compacted') return compactionOf(session);
  const parts = [session.live ? texts.session.live : texts.session.idle];
  if (session.lastActivityAt !== null) {
    parts.push(agoOf(nowMs - Date.parse(session.lastActivityAt)));
  }
  if (session.state === 'unknown') parts.push(texts.session.noReading);
  return parts.join(texts.listSeparator);
}

function agoOf(milliseconds: number): string {
  return milliseconds < freshMs ? texts.session.justNow : texts.session.ago(figures.age(milliseconds));
}

function compactionOf({ justCompacted, usedTokens }: SessionState): string {
  const before = justCompacted?.preTokens ?? null;
  const after = usedTokens ?? justCompacted?.postTokens ?? null;
  if (before === null) return texts.session.compacted;
  return after === null
    ? texts.session.compactedFrom(figures.tokens(before))
    : texts.session.compactedTo(figures.tokens(before), figures.tokens(after));
}
