import type { AppState, MuteLength, PlaceName, SessionState } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';
import { gaugeBands, gaugeSession, gaugeView, type GaugeModel } from './gauge-view.js';
import { sessionLabel, shownText } from './shown-text.js';

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
  readonly style: Settings['gaugeStyle'];
  readonly colour: Settings['gaugeColour'];
  /** Stands beside the icon on macOS; empty for nothing. */
  readonly title: string;
  /** The same in words, for the pointer and for screen readers. */
  readonly tooltip: string;
  readonly menu: readonly MenuItemModel[];
}

const mostRows = 20;
const longestWait = 40;
/** Windows cuts a longer tooltip. */
const longestTooltip = 127;

/** Draws the tray from the state: the gauge is that of the fullest live session. Sessions that the user has dismissed are left out. */
export function trayView(given: AppState): TrayView {
  const state = { ...given, sessions: given.sessions.filter(({ dismissed }) => !dismissed) };
  const session = gaugeSession(state.sessions);
  const gauge = gaugeView(state, session);
  const { gaugeStyle, gaugeColour, gaugeTitle } = state.settings;
  return {
    gauge,
    style: gaugeStyle,
    colour: gaugeColour,
    title: gaugeTitle ? titleOf(session) : '',
    tooltip: tooltipOf(state, session, gauge),
    menu: menuOf(state),
  };
}

/** The percentage as it stands beside the icon: short, and never empty, so that its neighbours don't move. */
function titleOf(session: SessionState | null): string {
  const percent = session?.percent ?? null;
  return percent === null ? '–' : `${session?.estimated === true ? '~' : ''}${Math.round(percent)}%`;
}

/** Says all that the gauge shows; where that is long, the session's name gives way. */
function tooltipOf(state: AppState, session: SessionState | null, gauge: GaugeModel): string {
  const states = statesOf(state, session, gauge);
  if (session === null) return shownText(['Context Watcher', 'no live session', ...states].join(' · '), longestTooltip);
  const others = [percentText(session), ...states];
  const room = longestTooltip - others.reduce((sum, part) => sum + part.length + 3, 0);
  const [first, ...rest] = others;
  return [first, shownText(sessionLabel(session), Math.max(12, room)), ...rest].join(' · ');
}

function statesOf(state: AppState, session: SessionState | null, gauge: GaugeModel): readonly string[] {
  const bands = gaugeBands(state.settings, session);
  const urgent = !gauge.dim && (gauge.level === 'warn' || gauge.level === 'alarm');
  const problems = state.problems.length;
  return [
    ...(urgent ? [`reached ${gauge.level === 'warn' ? bands.warn : bands.alarm}%`] : []),
    ...(session !== null && !session.live ? ['not live'] : []),
    ...(session !== null && isWaiting(session) ? [waitsText(session)] : []),
    ...(gauge.further > 0 ? [`${gauge.further} more live`] : []),
    ...(gauge.mark === 'exporting' ? ['exporting'] : []),
    ...(state.demo ? ['demo'] : []),
    ...(state.mode === 'show-only' ? ['showing only'] : state.paused ? ['paused'] : []),
    ...(state.mute === null ? [] : ['notices muted']),
    ...(problems > 0 ? [problems === 1 ? '1 problem' : `${problems} problems`] : []),
  ];
}

function percentText(session: SessionState): string {
  if (session.percent === null) return session.state === 'compacted' ? 'just compacted' : 'no reading yet';
  return `${session.estimated ? '~' : ''}${Math.round(session.percent)}%`;
}

function isWaiting(session: SessionState): boolean {
  return session.client?.status === 'waiting';
}

/** What it waits for, in its client's words. */
function waitsText({ client }: SessionState): string {
  const what = shownText(client?.waitingFor ?? '', longestWait);
  return what === '' ? 'waits for you' : `waits for you: ${what}`;
}

/** The sessions stand in the order of the state, those that want attention first. */
function menuOf(state: AppState): readonly MenuItemModel[] {
  const rows = state.sessions.slice(0, mostRows).map((session) => {
    const standing = isWaiting(session) ? [waitsText(session)] : session.live ? [] : ['idle'];
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
