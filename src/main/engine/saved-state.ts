import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { KeyValueStore } from '../settings/key-value-store.js';
import type { AutoCompaction } from '../sessions/transcript-facts.js';
import { blankMemory, type PolicyMemory } from '../policy/export-policy.js';

const memorySchema = z.object({
  episode: z.object({ exported: z.boolean(), late: z.boolean() }).nullable().catch(null),
  cooldownFrom: z.string().nullable().catch(null),
  compactions: z.number().int().nonnegative().nullable().catch(null),
  failures: z
    .object({ count: z.number().int().positive(), lastAt: z.string(), cause: z.string() })
    .nullable()
    .catch(null),
  idleExportOf: z.string().nullable().catch(null),
  /** When the session was last judged; entries older than a quarter are dropped. */
  seenAt: z.string().catch(new Date(0).toISOString()),
});

const compactionSchema = z.object({ model: z.string(), preTokens: z.number(), at: z.string().nullable() });

const savedSchema = z.object({
  paused: z.boolean().catch(false),
  firstRunConfirmed: z.boolean().catch(false),
  /** The daemon's own state file was read once, at the first start. */
  daemonStateTaken: z.boolean().catch(false),
  /** Whether the user was asked about CODITECT's exporter and has answered. */
  exporterOfferAnswered: z.boolean().catch(false),
  /** Hash of the command after exports that the user has confirmed, and of the one that he has refused. */
  confirmedCommand: z.string().nullable().catch(null),
  refusedCommand: z.string().nullable().catch(null),
  sessions: z.record(z.string(), memorySchema).catch({}),
  /** When people were told last that sessions will be deleted. */
  deletionToldAt: z.string().nullable().catch(null),
  /** The user was reminded of the archive's size, and it has not been below since. */
  archiveReminderGiven: z.boolean().catch(false),
  /** Automatic compactions of the user's sessions, of which the compaction lines are learnt: they outlive their transcripts. */
  autoCompactions: z.array(compactionSchema).catch([]),
});

type SavedRecord = z.infer<typeof savedSchema>;

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
  /** Writes what waits to be written. */
  readonly flush: () => void;
}

const keptCompactions = 200;
const gatheringMs = 1_000;
const keptMs = 90 * 24 * 3_600_000;

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

function dropOld(saved: SavedRecord, now: Date): SavedRecord {
  const isRecent = ({ seenAt }: { seenAt: string }) => now.getTime() - Date.parse(seenAt) < keptMs;
  const sessions = Object.fromEntries(Object.entries(saved.sessions).filter(([, memory]) => isRecent(memory)));
  return { ...saved, sessions };
}
