import type { AppState, SessionState } from '../../shared/app-state.js';
import { sortByAttention } from '../views/attention-order.js';
import type { ArchiveWork } from './archive-work.js';
import type { DaemonWork } from './daemon-work.js';
import type { DeletionWatch } from './deletion-watch.js';
import type { EngineOptions } from './engine-contract.js';
import type { EventList } from './event-list.js';
import type { NoticeMutes } from './notice-mutes.js';
import { placesOf } from './places.js';
import type { ProblemList } from './problem-list.js';
import type { RecentHappenings } from './recent-happenings.js';
import type { SavedState } from './saved-state.js';
import type { ScriptsBeside } from './scripts-beside.js';
import type { SessionTracker, TrackedSession } from './session-tracker.js';
import type { WatchedRoots } from './watched-roots.js';

/** The parts of the engine that know something which is shown. */
export interface KnowingParts {
  readonly engine: EngineOptions;
  readonly tracker: SessionTracker;
  readonly view: (tracked: TrackedSession) => SessionState;
  readonly archive: ArchiveWork;
  readonly watched: WatchedRoots;
  readonly deletions: DeletionWatch;
  readonly daemon: DaemonWork;
  readonly beside: ScriptsBeside;
  readonly saved: SavedState;
  readonly mutes: NoticeMutes;
  readonly problems: ProblemList;
  readonly events: EventList;
  readonly recent: RecentHappenings;
}

/** Puts together what the parts know at this moment. */
export function currentState(parts: KnowingParts): Omit<AppState, 'revision'> {
  const { engine, tracker, view, archive, watched, deletions, daemon, beside, saved, mutes, problems, events, recent } =
    parts;
  return {
    sessions: sortByAttention(tracker.all().map(view)),
    pendingExports: archive.queue.pending(),
    pendingTotal: archive.queue.total(),
    setAside: archive.actions.aside(),
    archive: archive.keeper.state(tracker.all().map(({ file }) => file.id)),
    jobs: archive.jobs.all(),
    settings: engine.settings.current(),
    problems: problems.all(),
    heldByFlag: engine.settings.held(),
    roots: watched.health(),
    nearDeletion: deletions.state(),
    paused: saved.paused(),
    mute: mutes.ofAll(),
    mode: daemon.pid() === null ? 'exporting' : 'show-only',
    demo: engine.demo,
    firstRun: !engine.demo && !saved.firstRunConfirmed(),
    events: events.all(),
    recent: recent.all(),
    scripts: beside.states(),
    places: placesOf(engine.paths),
    appVersion: engine.appVersion,
  };
}
