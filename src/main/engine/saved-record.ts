import { z } from 'zod';
import type { Mute, RecentHappening } from '../../shared/app-state.js';

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

const muteSchema: z.ZodType<Mute> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('until'), at: z.iso.datetime() }),
  z.object({ kind: z.literal('lasting') }),
]);

const whose = { at: z.string(), sessionId: z.string(), project: z.string(), title: z.string().nullable() };
const happeningSchema: z.ZodType<RecentHappening> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('exported'),
    ...whose,
    percent: z.number().nullable(),
    trigger: z.enum(['threshold', 'compaction', 'idle', 'retention', 'manual']),
    messages: z.number().nullable(),
  }),
  z.object({
    kind: z.literal('compacted'),
    ...whose,
    preTokens: z.number().nullable(),
    postTokens: z.number().nullable(),
    exportedAt: z.string().nullable(),
  }),
]);

const compactionSchema = z.object({ model: z.string(), preTokens: z.number(), at: z.string().nullable() });

/** What is written, part by part: one that can't be read is as if never written. */
export const savedSchema = z.object({
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
  /** When people were told last that a kind of watching has become worse, by the code of its problem. */
  watchingTold: z.record(z.string(), z.object({ at: z.string(), isOver: z.boolean() })).catch({}),
  muteOfAll: muteSchema.nullable().catch(null),
  mutes: z.record(z.string(), muteSchema).catch({}),
  recent: z.array(happeningSchema).catch([]),
  /** The session file's modification time, milliseconds since 1970, when it was dismissed. */
  dismissals: z.record(z.string(), z.number()).catch({}),
});

/** All that the app remembers between two runs, besides the settings. */
export type SavedRecord = z.infer<typeof savedSchema>;

const keptMs = 90 * 24 * 3_600_000;

/** The record without the sessions that were not judged for a quarter. */
export function dropOld(saved: SavedRecord, now: Date): SavedRecord {
  const isRecent = ({ seenAt }: { seenAt: string }) => now.getTime() - Date.parse(seenAt) < keptMs;
  const sessions = Object.fromEntries(Object.entries(saved.sessions).filter(([, memory]) => isRecent(memory)));
  return { ...saved, sessions };
}
