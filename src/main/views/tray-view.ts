import type { AppState, MuteLength, PlaceName, SessionState } from '../../shared/app-state.js';
import { sessionLabel, shownText } from './shown-text.js';

/** What the tray icon says. */
export interface GaugeModel {
  /** Percent of the context window, or null when nobody knows: the gauge is hollow. */
  readonly percent: number | null;
  /** Where the percent lies in relation to the export band. */
  readonly level: 'unknown' | 'normal' | 'band' | 'over';
  /** The most urgent of what is going on besides. */
  readonly mark: 'none' | 'paused' | 'exporting' | 'problem';
  /** The figure is estimated, or no session is live and it is the last one known. */
  readonly dim: boolean;
}

/** What choosing a row of the tray's menu does. */
export type TrayAction =
  /** Opens the popover, at a session where one is named. */
  | { readonly kind: 'show'; readonly sessionId: string | null }
  | { readonly kind: 'export-now' }
  | { readonly kind: 'set-paused'; readonly paused: boolean }
  /** Holds back all notices for a while; null lets them through again. */
  | { readonly kind: 'mute-notices'; readonly length: MuteLength | null }
  | { readonly kind: 'open-place'; readonly place: PlaceName }
  | { readonly kind: 'about' }
  | { readonly kind: 'quit' };

/** One row of the tray's menu; labels are plain text. */
export type MenuItemModel =
  | { readonly kind: 'separator' }
  | { readonly kind: 'item'; readonly label: string; readonly enabled: boolean; readonly action: TrayAction };

/** All that the tray shows. */
export interface TrayView {
  readonly gauge: GaugeModel;
  readonly tooltip: string;
  readonly menu: readonly MenuItemModel[];
}

/** Problems that the popover tells but that don't deserve a mark on the icon for ever. */
const quietProblems = new Set(['notifications-unavailable', 'tray-host-missing']);
const mostRows = 20;
const waitsWords = 'waits for you';
/** Windows cuts a longer tooltip. */
const longestTooltip = 127;

/** Draws the tray from the state: the gauge is that of the fullest live session. Sessions that the user has dismissed are left out. */
export function trayView(given: AppState): TrayView {
  const state = { ...given, sessions: given.sessions.filter(({ dismissed }) => !dismissed) };
  const session = gaugeSession(state.sessions);
  return { gauge: gaugeOf(state, session), tooltip: tooltipOf(state, session), menu: menuOf(state) };
}

/** The live session with the highest percent; when none is live, the one written to last, to be shown dim. */
function gaugeSession(sessions: readonly SessionState[]): SessionState | null {
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

function percentOf(session: SessionState): number {
  return session.percent ?? -1;
}

function gaugeOf(state: AppState, session: SessionState | null): GaugeModel {
  const percent = session?.percent ?? null;
  return {
    percent,
    level: levelOf(session),
    mark: markOf(state),
    dim: session !== null && percent !== null && (session.estimated || !session.live),
  };
}

function levelOf(session: SessionState | null): GaugeModel['level'] {
  if (session === null || session.percent === null) return 'unknown';
  const { from, to } = session.exportBand;
  return session.percent > to ? 'over' : session.percent >= from ? 'band' : 'normal';
}

function markOf(state: AppState): GaugeModel['mark'] {
  if (state.sessions.some((session) => session.exporting)) return 'exporting';
  if (state.problems.some((problem) => !quietProblems.has(problem.code))) return 'problem';
  return state.paused || state.mode === 'show-only' ? 'paused' : 'none';
}

function tooltipOf(state: AppState, session: SessionState | null): string {
  const parts =
    session === null ? ['Context Watcher', 'no live session'] : [percentText(session), sessionLabel(session)];
  if (session !== null && !session.live) parts.push('not live');
  if (session !== null && isWaiting(session)) parts.push(waitsWords);
  if (state.demo) parts.push('demo');
  if (state.mode === 'show-only') parts.push('showing only');
  else if (state.paused) parts.push('paused');
  if (state.mute !== null) parts.push('notices muted');
  if (state.problems.length > 0)
    parts.push(state.problems.length === 1 ? '1 problem' : `${state.problems.length} problems`);
  return shownText(parts.join(' · '), longestTooltip);
}

function percentText(session: SessionState): string {
  if (session.percent === null) return session.state === 'compacted' ? 'just compacted' : 'no reading yet';
  return `${session.estimated ? '~' : ''}${Math.round(session.percent)}%`;
}

function isWaiting(session: SessionState): boolean {
  return session.client?.status === 'waiting';
}

/** The sessions stand in the order of the state, those that want attention first. */
function menuOf(state: AppState): readonly MenuItemModel[] {
  const rows = state.sessions.slice(0, mostRows).map((session) => {
    const standing = isWaiting(session) ? [waitsWords] : session.live ? [] : ['idle'];
    return item([sessionLabel(session), percentText(session), ...standing].join(' · '), {
      kind: 'show',
      sessionId: session.id,
    });
  });
  const canExport = state.mode === 'exporting' && state.sessions.some((session) => session.live);
  const show: TrayAction = { kind: 'show', sessionId: null };
  return [
    item(state.demo ? 'Show Context Watcher (demo)' : 'Show Context Watcher', show),
    separator,
    ...(rows.length === 0 ? [item('No session yet', show, false)] : rows),
    separator,
    item('Export now', { kind: 'export-now' }, canExport),
    state.paused
      ? item('Resume automatic exports', { kind: 'set-paused', paused: false }, state.mode === 'exporting')
      : item('Pause automatic exports', { kind: 'set-paused', paused: true }, state.mode === 'exporting'),
    state.mute === null
      ? item('Mute notices for 1 hour', { kind: 'mute-notices', length: 'one-hour' })
      : item('Let notices through again', { kind: 'mute-notices', length: null }),
    separator,
    item('Open exports folder', { kind: 'open-place', place: 'exports-archive' }),
    item('Open log', { kind: 'open-place', place: 'log' }),
    separator,
    item('About Context Watcher', { kind: 'about' }),
    item('Quit Context Watcher', { kind: 'quit' }),
  ];
}

const separator: MenuItemModel = { kind: 'separator' };

function item(label: string, action: TrayAction, enabled = true): MenuItemModel {
  return { kind: 'item', label, enabled, action };
}
