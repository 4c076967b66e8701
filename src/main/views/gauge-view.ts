import type { AppState, SessionState } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';

/** What the gauge in the tray says. */
export interface GaugeModel {
  /** Percent of the context window, or null when nobody knows: the gauge is hollow. */
  readonly percent: number | null;
  /** Where the percent lies: below both bands of colour, in the first, in the second. */
  readonly level: 'unknown' | 'normal' | 'warn' | 'alarm';
  /** The most urgent of what is going on besides. */
  readonly mark: 'none' | 'paused' | 'exporting' | 'problem';
  /** The figure is estimated, or no session is live and it is the last one known. */
  readonly dim: boolean;
  /** How many live sessions there are besides. */
  readonly further: number;
}

/** Problems that the popover tells but that don't deserve a mark on the icon for ever. */
const quietProblems = new Set(['notifications-unavailable', 'tray-host-missing', 'tray-icon-hidden']);

/** What the gauge says of a state, whose `session` it shows: the one that `gaugeSession` names. */
export function gaugeView(state: AppState, session: SessionState | null): GaugeModel {
  const percent = session?.percent ?? null;
  return {
    percent,
    level: levelOf(state.settings, session),
    mark: markOf(state),
    dim: session !== null && percent !== null && (session.estimated || !session.live),
    further: state.sessions.filter((other) => other.live && other !== session).length,
  };
}

/** The live session with the highest percent; when none is live, the one written to last, to be shown dim. */
export function gaugeSession(sessions: readonly SessionState[]): SessionState | null {
  const live = sessions.filter((session) => session.live);
  if (live.length > 0)
    return live.reduce((fullest, session) => (percentOf(session) > percentOf(fullest) ? session : fullest));
  const known = sessions.filter((session) => session.percent !== null);
  const newest = known.reduce<SessionState | null>(
    (latest, session) => ((session.lastActivityAt ?? '') > (latest?.lastActivityAt ?? '') ? session : latest),
    null,
  );
  return newest ?? known[0] ?? null;
}

/** From which percent on the gauge warns of a session, and from which it alarms: as set, else by the session's own export band. */
export function gaugeBands(
  { warnPercent, alarmPercent, thresholdPercent, maxPercent }: Settings,
  session: SessionState | null,
): { readonly warn: number; readonly alarm: number } {
  const { from, to } = session?.exportBand ?? { from: thresholdPercent, to: maxPercent };
  return { warn: warnPercent ?? from, alarm: alarmPercent ?? to };
}

function levelOf(settings: Settings, session: SessionState | null): GaugeModel['level'] {
  const percent = session?.percent ?? null;
  if (percent === null) return 'unknown';
  const { warn, alarm } = gaugeBands(settings, session);
  return percent >= alarm ? 'alarm' : percent >= warn ? 'warn' : 'normal';
}

function percentOf(session: SessionState): number {
  return session.percent ?? -1;
}

function markOf(state: AppState): GaugeModel['mark'] {
  if (state.sessions.some((session) => session.exporting)) return 'exporting';
  if (state.problems.some((problem) => !quietProblems.has(problem.code))) return 'problem';
  return state.paused || state.mode === 'show-only' ? 'paused' : 'none';
}
