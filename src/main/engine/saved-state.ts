import { isDeepStrictEqual } from 'node:util';
import type { KeyValueStore } from '../settings/key-value-store.js';
import type { AutoCompaction } from '../sessions/transcript-facts.js';
import type { Mute, RecentHappening } from '../../shared/app-state.js';
import { blankMemory, type PolicyMemory } from '../policy/export-policy.js';
import { dropOld, savedSchema, type SavedRecord } from './saved-record.js';

/** Trouble with watching of which people were told: when (ISO 8601 UTC), and whether it has ended since. */
export interface WatchingTold {
  readonly at: string;
  readonly isOver: boolean;
}

/** What the app remembers between two runs, besides the settings. A part that can't be read is as if never written. */
export interface SavedState {
  readonly paused: () => boolean;
  readonly setPaused: (paused: boolean) => void;
  readonly firstRunConfirmed: () => boolean;
  readonly confirmFirstRun: () => void;
  readonly daemonStateTaken: () => boolean;
  readonly takeDaemonState: () => void;
  readonly deletionToldAt: () => string | null;
  readonly rememberDeletionTold: (at: string) => void;
  readonly archiveReminderGiven: () => boolean;
  readonly setArchiveReminderGiven: (given: boolean) => void;
  readonly exporterOfferAnswered: () => boolean;
  readonly answerExporterOffer: () => void;
  /** What the user has said of the command with this hash; null where he was not asked. */
  readonly isCommandConfirmed: (hash: string) => boolean | null;
  readonly answerCommand: (hash: string, confirmed: boolean) => void;
  /** Whether this session was tracked in an earlier run or in this one. */
  readonly knows: (sessionId: string) => boolean;
  readonly memoryOf: (sessionId: string) => PolicyMemory;
  readonly remember: (sessionId: string, memory: PolicyMemory) => void;
  /** Automatic compactions of all sessions, oldest first; the same list until one is added. */
  readonly autoCompactions: () => readonly AutoCompaction[];
  /** Adds those that aren't known yet. Ones without a time can't be told from others and are left out. */
  readonly learnAutoCompactions: (compactions: readonly AutoCompaction[]) => void;
  /** By the code of the problem: when people were told last that watching has become worse. */
  readonly watchingTold: () => Readonly<Record<string, WatchingTold>>;
  readonly setWatchingTold: (told: Readonly<Record<string, WatchingTold>>) => void;
  readonly muteOfAll: () => Mute | null;
  readonly setMuteOfAll: (mute: Mute | null) => void;
  /** By session id; those whose time is over may still be among them. */
  readonly mutes: () => Readonly<Record<string, Mute>>;
  readonly setMutes: (mutes: Readonly<Record<string, Mute>>) => void;
  /** By session id: the modification time of its file when it was dismissed, milliseconds since 1970. */
  readonly dismissals: () => Readonly<Record<string, number>>;
  readonly setDismissals: (dismissals: Readonly<Record<string, number>>) => void;
  /** The newest exports and compactions, newest first; the same list until it is set. */
  readonly recent: () => readonly RecentHappening[];
  readonly setRecent: (recent: readonly RecentHappening[]) => void;
  /** Writes what waits to be written. */
  readonly flush: () => void;
}

const keptCompactions = 200;
const gatheringMs = 1_000;

/**
 * Opens the record. What the user has said is written at once; what is remembered of sessions within a second, as losing
 * it may delay or repeat a decision but costs no line. A disk that refuses doesn't end the run.
 */
export function openSavedState(options: {
  store: KeyValueStore;
  now: () => Date;
  /** Hears of a disk that refuses, and null when a write works again; what was not written goes with the next change. */
  onWrite: (error: unknown) => void;
}): SavedState {
  let saved = dropOld(savedSchema.parse(readAll(options.store)), options.now());
  /** A map: ten thousand unknown ids are asked for at the start, and each would become a property name. */
  const sessions = new Map(Object.entries(saved.sessions));
  let haveSessionsChanged = false;
  let unwritten: Partial<SavedRecord> = {};
  let timer: NodeJS.Timeout | undefined;

  function take(next: Partial<SavedRecord>): void {
    saved = { ...saved, ...next };
    unwritten = { ...unwritten, ...next };
  }

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    try {
      options.store.set(haveSessionsChanged ? { ...unwritten, sessions: Object.fromEntries(sessions) } : unwritten);
    } catch (error) {
      return options.onWrite(error);
    }
    unwritten = {};
    haveSessionsChanged = false;
    return options.onWrite(null);
  }

  function change(next: Partial<SavedRecord>): void {
    take(next);
    write();
  }

  /** Writing waits for the disk in this thread: what many sessions bring at a time goes together. */
  function changeSoon(next: Partial<SavedRecord>): void {
    take(next);
    timer ??= setTimeout(write, gatheringMs);
  }

  return {
    paused: () => saved.paused,
    setPaused: (paused) => change({ paused }),
    firstRunConfirmed: () => saved.firstRunConfirmed,
    confirmFirstRun: () => change({ firstRunConfirmed: true }),
    daemonStateTaken: () => saved.daemonStateTaken,
    takeDaemonState: () => change({ daemonStateTaken: true }),
    deletionToldAt: () => saved.deletionToldAt,
    rememberDeletionTold: (deletionToldAt) => change({ deletionToldAt }),
    archiveReminderGiven: () => saved.archiveReminderGiven,
    setArchiveReminderGiven: (archiveReminderGiven) => change({ archiveReminderGiven }),
    exporterOfferAnswered: () => saved.exporterOfferAnswered,
    answerExporterOffer: () => change({ exporterOfferAnswered: true }),
    isCommandConfirmed: (hash) =>
      saved.confirmedCommand === hash ? true : saved.refusedCommand === hash ? false : null,
    answerCommand: (hash, confirmed) =>
      change(
        confirmed ? { confirmedCommand: hash, refusedCommand: null } : { confirmedCommand: null, refusedCommand: hash },
      ),
    knows: (sessionId) => sessions.has(sessionId),
    memoryOf: (sessionId) => memoryIn(sessions.get(sessionId) ?? blankMemory),
    remember(sessionId, memory) {
      const known = sessions.get(sessionId);
      if (known && isDeepStrictEqual(memoryIn(known), memoryIn(memory))) return;
      const entry = { ...memory, seenAt: options.now().toISOString() };
      sessions.set(sessionId, entry);
      haveSessionsChanged = true;
      changeSoon({});
    },
    autoCompactions: () => saved.autoCompactions,
    learnAutoCompactions(compactions) {
      const known = new Set(saved.autoCompactions.map(compactionKey));
      const added = compactions.filter((one) => one.at !== null && !known.has(compactionKey(one)));
      if (added.length === 0) return;
      const all = [...saved.autoCompactions, ...added].toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
      changeSoon({ autoCompactions: all.slice(-keptCompactions) });
    },
    watchingTold: () => saved.watchingTold,
    setWatchingTold: (watchingTold) => change({ watchingTold }),
    muteOfAll: () => saved.muteOfAll,
    setMuteOfAll: (muteOfAll) => change({ muteOfAll }),
    mutes: () => saved.mutes,
    setMutes: (mutes) => change({ mutes }),
    dismissals: () => saved.dismissals,
    setDismissals: (dismissals) => change({ dismissals }),
    recent: () => saved.recent,
    setRecent: (recent) => changeSoon({ recent: [...recent] }),
    flush() {
      if (timer !== undefined) write();
    },
  };
}

function readAll(store: KeyValueStore): Record<string, unknown> {
  return Object.fromEntries(Object.keys(savedSchema.shape).map((key) => [key, store.get(key)]));
}

function memoryIn({ episode, cooldownFrom, compactions, failures, idleExportOf }: PolicyMemory): PolicyMemory {
  return { episode, cooldownFrom, compactions, failures, idleExportOf };
}

function compactionKey({ model, preTokens, at }: AutoCompaction): string {
  return `${at} ${preTokens} ${model}`;
}
