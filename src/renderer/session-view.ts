import type { SessionState } from '../shared/app-state.js';
import { colourBands, colourOf } from '../shared/colour-bands.js';
import { type CompactionWords, compactionWords } from './compaction-words.js';
import { displayText } from './display-text.js';
import { figures } from './figures.js';
import { type ForecastWords, forecastWords } from './forecast-words.js';
import { modelName } from './model-name.js';
import { muteWords } from './mute-words.js';
import { type Presence, presenceOf } from './presence.js';
import { type SessionDetails, sessionDetails } from './session-details.js';
import { texts } from './texts.js';

const freshMs = 10_000;

/** The edges of the export band in whole percent. */
export interface Band {
  readonly from: number;
  readonly to: number;
  /** The user's own edges of the colours; at the band's where they are null or left out. */
  readonly warnPercent?: number | null;
  readonly alarmPercent?: number | null;
}

/** The colour of a reading: calm, near (`band`) or full (`above`); `hollow` where there is none, `estimated` after a compaction. */
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
  readonly presence: Presence;
  /** What it is doing, or what has just been done to it: `working`, `just compacted 967k → about 41k`. */
  readonly stateText: string;
  /** What else there is to say of its state, such as `no reading yet`. */
  readonly stateNote: string | null;
  /** How long ago it was written to; null where that would only repeat the state. */
  readonly ageText: string | null;
  /** 0–100, where the client compacts it; null where it doesn't or nobody knows. */
  readonly linePercent: number | null;
  readonly compaction: CompactionWords | null;
  readonly forecast: ForecastWords | null;
  readonly badLinesText: string | null;
  /** Until when its notices are muted; null where they aren't. */
  readonly muteText: string | null;
  readonly details: SessionDetails;
  /** Where it stands to the band, or null below it. */
  readonly bandText: string | null;
  /** The reading for a screen reader. */
  readonly meterText: string;
}

/** Puts a session into words; `common` is the band in force for sessions without one of their own, `nowMs` the clock that ages are counted to. */
export function viewSession(session: SessionState, common: Band, nowMs: number): SessionView {
  const { percent } = session;
  const band = bandOfSession(session, common);
  const tone = toneOf(session, band);
  const bandText = bandTextOf(session, band);
  const tokensText = tokensOf(session);
  const compaction = compactionWords(session.compactionLine);
  const presence = presenceOf(session);
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
    presence,
    ...stateOf(session, presence),
    ageText: ageOf(session, presence, nowMs),
    linePercent: linePercentOf(session),
    compaction,
    forecast: forecastWords(session.forecast),
    badLinesText: session.badLines === 0 ? null : texts.session.badLines(session.badLines),
    muteText: muteWords(session.mute, nowMs),
    details: sessionDetails(session, nowMs),
    bandText,
    meterText: [
      percent === null ? readingOf(session) : texts.session.percentWords(percentFigure, session.estimated),
      percent === null ? null : tokensText,
      bandText,
      compaction?.full ?? null,
    ]
      .filter((part) => part !== null)
      .join(', '),
  };
}

/** The band in force for one session, with the user's own colours. */
export function bandOfSession({ exportBand: { from, to, isOwn } }: SessionState, common: Band): Band {
  return isOwn ? { ...common, from, to } : common;
}

function toneOf({ percent, estimated }: SessionState, band: Band): Tone {
  if (percent === null) return 'hollow';
  if (estimated) return 'estimated';
  const { from: thresholdPercent, to: maxPercent, warnPercent = null, alarmPercent = null } = band;
  const colours = colourBands({ thresholdPercent, maxPercent, warnPercent, alarmPercent });
  return ({ calm: 'calm', near: 'band', full: 'above' } as const)[colourOf(percent, colours)];
}

function bandTextOf({ percent, estimated }: SessionState, band: Band): string | null {
  if (percent === null || estimated || percent < band.from) return null;
  return percent > band.to ? texts.session.aboveBand : texts.session.inBand;
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

function stateOf(session: SessionState, presence: Presence): Pick<SessionView, 'stateText' | 'stateNote'> {
  const waitingFor = presence === 'waiting' ? displayText(session.client?.waitingFor ?? '') : '';
  const stateText = waitingFor === '' ? texts.session.presences[presence] : texts.session.waitsFor(waitingFor);
  if (session.state === 'unknown') return { stateText, stateNote: session.complete ? readingOf(session) : null };
  if (session.state !== 'compacted') return { stateText, stateNote: null };
  const compaction = compactionOf(session);
  return presence === 'waiting' ? { stateText, stateNote: compaction } : { stateText: compaction, stateNote: null };
}

/** Why there is no figure. */
function readingOf({ complete }: SessionState): string {
  return complete ? texts.session.noReading : texts.session.reading;
}

function ageOf(session: SessionState, presence: Presence, nowMs: number): string | null {
  if (session.state === 'compacted' || presence === 'working' || session.lastActivityAt === null) return null;
  const milliseconds = nowMs - Date.parse(session.lastActivityAt);
  if (milliseconds < freshMs) return texts.session.justNow;
  const age = figures.age(milliseconds);
  return presence === 'waiting' ? age : texts.session.ago(age);
}

function linePercentOf({ compactionLine }: SessionState): number | null {
  const percent = compactionLine?.percent ?? null;
  return percent === null || percent > 100 ? null : Math.max(percent, 0);
}

function compactionOf({ justCompacted, usedTokens }: SessionState): string {
  const before = justCompacted?.preTokens ?? null;
  const after = usedTokens ?? justCompacted?.postTokens ?? null;
  if (before === null) return texts.session.compacted;
  return after === null
    ? texts.session.compactedFrom(figures.tokens(before))
    : texts.session.compactedTo(figures.tokens(before), figures.tokens(after));
}
