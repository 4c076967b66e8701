import type { ArchiveWork } from './archive-work.js';
import type { DeletionWatch } from './deletion-watch.js';
import type { Dismissals } from './dismissals.js';
import type { Engine, EngineOptions } from './engine-contract.js';
import type { NoticeMutes } from './notice-mutes.js';
import type { PacedPublisher } from './paced-publisher.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';
import type { ScriptsBeside } from './scripts-beside.js';
import type { SessionTracker } from './session-tracker.js';
import { tellStorage } from './tell-problems.js';
import type { Ticker } from './ticker.js';
import type { WatchedRoots } from './watched-roots.js';

/** What the user may wish beside exports: settings, a pause, answers to what the app has asked. */
export type Wishes = Pick<
  Engine,
  | 'updateSettings'
  | 'setPaused'
  | 'muteNotices'
  | 'setDismissed'
  | 'archiveNearDeletion'
  | 'confirmFirstRun'
  | 'answerExporterOffer'
  | 'confirmCommand'
>;

/** Makes the wishes: each takes effect at once, and the state that says so is published soon after. */
export function makeWishes(options: {
  engine: EngineOptions;
  saved: SavedState;
  problems: ProblemList;
  tracker: SessionTracker;
  mutes: NoticeMutes;
  dismissals: Dismissals;
  archive: ArchiveWork;
  watched: WatchedRoots;
  deletions: DeletionWatch;
  beside: ScriptsBeside;
  ticker: Ticker;
  publisher: PacedPublisher;
  judgeAll: () => void;
  tellSettingsProblems: () => void;
}): Wishes {
  const {
    saved,
    problems,
    tracker,
    mutes,
    dismissals,
    archive,
    watched,
    deletions,
    beside,
    ticker,
    publisher,
    tellSettingsProblems,
  } = options;
  const { settings, log } = options.engine;
  const onFault = (error: unknown) => tellStorage(problems, error);

  return {
    updateSettings(patch) {
      const { faults } = settings.update(patch);
      if (faults.length > 0) return { faults };
      tellSettingsProblems();
      if (patch.archiveBeforeDeletion === true) deletions.look().catch(onFault);
      watched.setPollInterval(settings.current().pollIntervalSeconds);
      ticker.every(settings.current().pollIntervalSeconds);
      ticker.now();
      archive.keeper.judge();
      publisher.soon();
      return { faults };
    },
    setPaused(paused) {
      saved.setPaused(paused);
      log.info(paused ? 'Automatic exports are paused.' : 'Automatic exports go on.');
      if (!paused) options.judgeAll();
      publisher.soon();
    },
    muteNotices(sessionId, length) {
      mutes.set(sessionId, length);
      publisher.soon();
    },
    setDismissed(sessionId, dismissed) {
      const tracked = tracker.find(sessionId);
      if (tracked) dismissals.set(tracked.file, dismissed);
      publisher.soon();
    },
    archiveNearDeletion() {
      deletions.archive().catch(onFault);
    },
    confirmFirstRun() {
      saved.confirmFirstRun();
      publisher.soon();
    },
    answerExporterOffer(accepted) {
      beside.answerExporterOffer(accepted);
      tellSettingsProblems();
      publisher.soon();
    },
    confirmCommand: beside.confirmCommand,
  };
}
