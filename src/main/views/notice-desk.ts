import type { AppEvent, AppState } from '../../shared/app-state.js';
import type { NoticeKind } from '../../shared/settings.js';
import { groupedWords, type SessionEvent } from './grouped-notice.js';
import type { CompactionEvent, Notice } from './notice.js';
import { isNoticeMuted, isNoticeSilent, isNoticeWanted, noticeKindOf } from './notice-rules.js';
import { wordsOfEvent } from './notices.js';

/** News on its way to becoming a notice. */
interface News {
  readonly kind: NoticeKind;
  readonly event: AppEvent;
  /** The compaction that its export tells of. */
  readonly compaction: CompactionEvent | null;
  /** Takes the place of an earlier notice without drawing attention. */
  readonly quiet: boolean;
  readonly takenMs: number;
}

interface ShownNews {
  readonly kind: NoticeKind;
  readonly event: SessionEvent;
  readonly isGrouped: boolean;
  readonly shownMs: number;
}

/** What lies between events and notices: the events taken so far, the news that wait, and those shown a moment ago. */
export interface NoticeDesk {
  readonly sequence: number;
  readonly waiting: readonly News[];
  readonly shown: readonly ShownNews[];
}

/** What the desk is asked with. */
export interface NoticeMoment {
  readonly now: Date;
  /** Whether the user looks at this session in the popover: then nothing interrupts. */
  readonly isOnView: (sessionId: string) => boolean;
}

/** A desk that has seen nothing yet. */
export const emptyDesk: NoticeDesk = { sequence: 0, waiting: [], shown: [] };

/** What comes together is told together. */
const gatherMs = 400;
/** A crossing or a compaction waits so long for the export that it causes, which then tells of both. */
const exportPatienceMs = 10_000;
const groupWithinMs = 10_000;
const groupFrom = 3;

/**
 * Takes the events of `state` that are new to the desk and hands out the notices that are due, at most one for a subject:
 * what comes later for a session replaces what waits, three or more of a kind within ten seconds become one, and what is
 * switched off, muted or being looked at is dropped. `nextMs`: when to ask again without new events, as epoch milliseconds.
 */
export function takeNotices(
  desk: NoticeDesk,
  state: AppState,
  moment: NoticeMoment,
): { readonly desk: NoticeDesk; readonly notices: readonly Notice[]; readonly nextMs: number | null } {
  const sequence = state.events.at(-1)?.sequence ?? desk.sequence;
  if (sequence === desk.sequence && desk.waiting.length === 0) return { desk, notices: [], nextMs: null };
  const nowMs = moment.now.getTime();
  const fresh = state.events.filter((event) => event.sequence > desk.sequence);
  const waiting = fresh.reduce((news, event) => admit(news, event, state, nowMs), desk.waiting);
  const isDue = (news: News) => dueMs(news, state) <= nowMs || nowMs < news.takenMs;
  const wanted = waiting.filter(isDue).filter((news) => isStillWanted(news, state, moment));
  const recent = desk.shown.filter(({ shownMs }) => nowMs - shownMs < groupWithinMs && nowMs >= shownMs);
  const { notices, shown } = compose(wanted, recent, state, moment);
  const rest = waiting.filter((news) => !isDue(news));
  return {
    desk: { sequence, waiting: rest, shown },
    notices,
    nextMs: rest.length === 0 ? null : Math.min(...rest.map((news) => dueMs(news, state))),
  };
}

/** Puts an event among the waiting news. Of one session only the newest is told; an export tells of its compaction too. */
function admit(waiting: readonly News[], event: AppEvent, state: AppState, takenMs: number): readonly News[] {
  const kind = noticeKindOf(event);
  if (kind === null || !isNoticeWanted(kind, state)) return waiting;
  const sessionId = 'sessionId' in event ? event.sessionId : null;
  const earlier = sessionId === null ? undefined : waiting.find((news) => isAbout(news.event, sessionId));
  const isForCompaction = event.kind === 'exported' && event.trigger === 'compaction';
  const compaction = isForCompaction && earlier?.event.kind === 'compacted' ? earlier.event : null;
  const isRepeated = event.kind === 'exported' && event.trigger === 'threshold' && !event.firstOfEpisode;
  const news: News = {
    kind: compaction !== null && kind === 'exported' ? 'compacted' : kind,
    event,
    compaction,
    quiet: isRepeated && (earlier?.quiet ?? true),
    takenMs,
  };
  return [...waiting.filter((other) => other !== earlier), news];
}

function isAbout(event: AppEvent, sessionId: string): boolean {
  return 'sessionId' in event && event.sessionId === sessionId;
}

/** News of a crossing or a compaction wait as long as the session is being exported. */
function dueMs({ event, takenMs }: News, state: AppState): number {
  const causesExport = event.kind === 'threshold-crossed' || event.kind === 'compacted';
  const isExporting = causesExport && state.sessions.some(({ id, exporting }) => exporting && id === event.sessionId);
  return takenMs + (isExporting ? exportPatienceMs : gatherMs);
}

/** The settings may have changed, notices been muted, and the popover been opened, while it waited. */
function isStillWanted({ kind, event }: News, state: AppState, { isOnView, now }: NoticeMoment): boolean {
  const sessionId = 'sessionId' in event ? event.sessionId : null;
  if (!isNoticeWanted(kind, state) || isNoticeMuted(sessionId, state, now)) return false;
  // What went wrong must not be missed, and a demo is there to show what comes.
  const comesAnyway = kind === 'export-failed' || kind === 'processing-failed' || state.demo;
  return sessionId === null || comesAnyway || !isOnView(sessionId);
}

function compose(
  news: readonly News[],
  recent: readonly ShownNews[],
  state: AppState,
  moment: NoticeMoment,
): { readonly notices: readonly Notice[]; readonly shown: readonly ShownNews[] } {
  const shownMs = moment.now.getTime();
  const notices: Notice[] = [];
  let shown = recent;
  for (const kind of new Set(news.map((one) => one.kind))) {
    const ofKind = news.filter((one) => one.kind === kind);
    const silent = isNoticeSilent(kind, state.settings, moment.now);
    const before = shown.filter((one) => one.kind === kind);
    const events = newestOfEach([
      ...before.map((one) => one.event),
      ...ofKind.flatMap(({ event }) => sessionEvent(event)),
    ]);
    const isGrouped = events.length >= groupFrom;
    if (isGrouped) {
      const quiet = before.some((one) => one.isGrouped) || ofKind.every((one) => one.quiet);
      notices.push({
        kind,
        subject: `many-${kind}`,
        replaces: before.filter((one) => !one.isGrouped && isNewestOf(one, shown)).map((one) => one.event.sessionId),
        sessionId: null,
        silent: silent || quiet,
        quiet,
        ...groupedWords(kind, events),
      });
    } else {
      notices.push(...ofKind.map((one) => single(one, state, silent)));
    }
    const added = ofKind
      .flatMap(({ event }) => sessionEvent(event))
      .map((event) => ({ kind, event, isGrouped, shownMs }));
    shown = [...shown.filter((one) => one.kind !== kind), ...before.map((one) => ({ ...one, isGrouped })), ...added];
  }
  return { notices, shown };
}

/** Whether nothing else was shown of its session since. */
function isNewestOf(one: ShownNews, shown: readonly ShownNews[]): boolean {
  return shown.findLast(({ event }) => event.sessionId === one.event.sessionId) === one;
}

function single({ kind, event, compaction, quiet }: News, state: AppState, silent: boolean): Notice {
  const sessionId = 'sessionId' in event ? event.sessionId : null;
  const words = wordsOfEvent(event, state, compaction);
  return { kind, subject: sessionId ?? kind, replaces: [], sessionId, silent: silent || quiet, quiet, ...words };
}

function sessionEvent(event: AppEvent): readonly SessionEvent[] {
  return 'sessionId' in event ? [event] : [];
}

/** Of several events of one session the newest, in the order in which they came. */
function newestOfEach(events: readonly SessionEvent[]): readonly SessionEvent[] {
  return events.filter(
    (event, index) => events.findLastIndex(({ sessionId }) => sessionId === event.sessionId) === index,
  );
}
