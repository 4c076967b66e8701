import type { AppEvent, AppState, Mute } from '../../shared/app-state.js';
import type { NoticeKind, QuietHours, Settings } from '../../shared/settings.js';

/** The kind of notice that an event has; null where it is told together with others. */
export function noticeKindOf(event: AppEvent): NoticeKind | null {
  switch (event.kind) {
    case 'exported':
      if (!event.processed) return 'processing-failed';
      // Those before a deletion come in numbers; `retention-archived` tells of them.
      return event.trigger === 'retention' ? null : 'exported';
    case 'retention-near':
    case 'retention-archived':
      return 'retention';
    case 'export-failed':
    case 'batch-processed':
    case 'threshold-crossed':
    case 'compacted':
    case 'archive-large':
    case 'watching-degraded':
      return event.kind;
  }
}

/** Whether the user wants to see notices of this kind at all. */
export function isNoticeWanted(kind: NoticeKind, state: AppState): boolean {
  return !state.settings.noticesOff.includes(kind);
}

/** Whether notices are held back now: all of them, or those of this session (null: the notice is about none). */
export function isNoticeMuted(sessionId: string | null, state: AppState, now: Date): boolean {
  const own = sessionId === null ? null : (state.sessions.find(({ id }) => id === sessionId)?.mute ?? null);
  return holds(state.mute, now) || holds(own, now);
}

/** The state may be older than the end of a mute. */
function holds(mute: Mute | null, now: Date): boolean {
  return mute !== null && (mute.kind === 'lasting' || Date.parse(mute.at) > now.getTime());
}

/** Whether a notice of this kind makes no sound now: by the settings, or because it is a quiet hour. */
export function isNoticeSilent(kind: NoticeKind | null, settings: Settings, now: Date): boolean {
  if (!settings.noticeSound || isQuietHour(settings.quietHours, now)) return true;
  return kind !== null && settings.noticesSilent.includes(kind);
}

/** Whether the local time of day lies in the quiet hours, which may go over midnight; their end is not in them. */
export function isQuietHour(quietHours: QuietHours | null, now: Date): boolean {
  if (quietHours === null) return false;
  const [from, to] = [minuteOf(quietHours.from), minuteOf(quietHours.to)];
  const minute = now.getHours() * 60 + now.getMinutes();
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
