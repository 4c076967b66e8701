import type { Settings } from '../../shared/settings.js';

/** What the policy remembers of a session between two looks; kept across restarts. Times are ISO 8601 UTC. */
export interface PolicyMemory {
  /** The stretch from the first reading at or above the threshold to a compaction or a reading below threshold − 5. */
  readonly episode: {
    /** An automatic export was made in this episode. */
    readonly exported: boolean;
    /** That export was the late one, after which the episode gets no other. */
    readonly late: boolean;
  } | null;
  /** When the newest threshold export (late ones too) was made: the start of the cooldown. */
  readonly cooldownFrom: string | null;
  /** Compactions that the transcript had at the last look; null before the first. */
  readonly compactions: number | null;
  /** Failed automatic exports in a row. */
  readonly failures: { readonly count: number; readonly lastAt: string; readonly cause: string } | null;
  /** When the quiet stretch began in which the newest idle export was made. */
  readonly idleExportOf: string | null;
}

/** What the policy looks at. Only a measured percent decides; `percent` is unrounded, null when estimated or unknown. */
export interface PolicyInput {
  readonly measuredPercent: number | null;
  /** A compact boundary appeared since the last look. */
  readonly compacted: boolean;
  /** A line or a sidecar that no export holds. */
  readonly somethingNew: boolean;
  readonly paused: boolean;
  readonly live: boolean;
  /** When the session was written to last: the beginning of its quiet stretch. */
  readonly quietSince: string;
  readonly settings: Pick<Settings, 'thresholdPercent' | 'maxPercent' | 'cooldownMinutes' | 'idleExportMinutes'>;
  readonly memory: PolicyMemory;
  readonly nowMs: number;
}

/** Why no export is made now. `untilMs`, where given, is when time alone can change the answer (epoch milliseconds). */
type WaitReason =
  | { readonly kind: 'paused' }
  /** It is not live any more, and no export of it is owed. */
  | { readonly kind: 'not-live' }
  | { readonly kind: 'no-reading' }
  | { readonly kind: 'below-threshold' }
  | { readonly kind: 'nothing-new' }
  | { readonly kind: 'cooldown'; readonly untilMs: number }
  | { readonly kind: 'above-max' }
  | { readonly kind: 'backing-off'; readonly untilMs: number };

/** The decision with its reason. */
export type ExportDecision =
  | { readonly kind: 'export'; readonly trigger: 'threshold'; readonly late: boolean; readonly firstOfEpisode: boolean }
  | {
      readonly kind: 'export';
      readonly trigger: 'compaction' | 'idle';
      readonly late: false;
      readonly firstOfEpisode: true;
    }
  | { readonly kind: 'wait'; readonly reason: WaitReason };

/** The memory of a session that was never judged. */
export const blankMemory: PolicyMemory = {
  episode: null,
  cooldownFrom: null,
  compactions: null,
  failures: null,
  idleExportOf: null,
};

const hysteresisPercent = 5;
const firstPauseMs = 10_000;
const longestPauseMs = 10 * 60_000;

/**
 * Brings the episode up to date with a look at the session. Call it before `decideExport`, also while paused. A
 * compaction ends the episode; whatever is measured after it is judged at the next look.
 */
export function followEpisode(input: Pick<PolicyInput, 'measuredPercent' | 'compacted' | 'settings' | 'memory'>): {
  readonly memory: PolicyMemory;
  readonly crossed: boolean;
} {
  const { memory, measuredPercent, compacted } = input;
  const threshold = input.settings.thresholdPercent;
  const before = compacted ? null : memory.episode;
  if (measuredPercent === null) return { memory: { ...memory, episode: before }, crossed: false };
  if (measuredPercent >= threshold) {
    const episode = before ?? { exported: false, late: false };
    return { memory: { ...memory, episode }, crossed: before === null };
  }
  const ended = measuredPercent < threshold - hysteresisPercent;
  return { memory: { ...memory, episode: ended ? null : before }, crossed: false };
}

/**
 * Decides whether a session is exported automatically now. The rules and their words are those of the daemon's
 * contract: band, late, cooldown, episode, idle, something new. Pure: the clock is passed in.
 */
export function decideExport(input: PolicyInput): ExportDecision {
  if (input.paused) return wait({ kind: 'paused' });
  // A session that went quiet gets no export for its fill, but one that failed while it was live is owed.
  const isConsidered = input.live || input.memory.failures !== null;
  const byFill = isConsidered ? decideByFill(input) : wait({ kind: 'not-live' });
  return byFill.kind === 'export' ? byFill : (decideByQuiet(input) ?? byFill);
}

/** A session that has been quiet for as long as the user has said is exported once; null where this rule has no say. */
function decideByQuiet(input: PolicyInput): ExportDecision | null {
  const { memory, quietSince, nowMs, settings } = input;
  const sinceMs = Date.parse(quietSince);
  const isQuiet = nowMs - sinceMs >= settings.idleExportMinutes * 60_000;
  if (settings.idleExportMinutes === 0 || !isQuiet || memory.idleExportOf === quietSince) return null;
  if (!input.somethingNew) return wait({ kind: 'nothing-new' });
  return backingOff(input) ?? { kind: 'export', trigger: 'idle', late: false, firstOfEpisode: true };
}

function decideByFill(input: PolicyInput): ExportDecision {
  const { memory, settings, nowMs, measuredPercent } = input;
  if (input.compacted && input.somethingNew)
    return backingOff(input) ?? { kind: 'export', trigger: 'compaction', late: false, firstOfEpisode: true };
  if (measuredPercent === null) return wait({ kind: 'no-reading' });
  if (measuredPercent < settings.thresholdPercent) return wait({ kind: 'below-threshold' });
  const late = measuredPercent > settings.maxPercent;
  if (memory.episode?.late || (late && memory.episode?.exported)) return wait({ kind: 'above-max' });
  if (!input.somethingNew) return wait({ kind: 'nothing-new' });
  const pause = backingOff(input);
  if (pause) return pause;
  const coolUntilMs = cooldownEndMs(memory, settings.cooldownMinutes, nowMs);
  if (!late && coolUntilMs !== null) return wait({ kind: 'cooldown', untilMs: coolUntilMs });
  return { kind: 'export', trigger: 'threshold', late, firstOfEpisode: !memory.episode?.exported };
}

/** The memory after an automatic export was written. Manual exports change nothing here. `quietSince` as it was judged. */
export function rememberExport(
  memory: PolicyMemory,
  decision: Extract<ExportDecision, { kind: 'export' }>,
  exportedAt: string,
  quietSince: string,
): PolicyMemory {
  if (decision.trigger === 'idle') return { ...memory, idleExportOf: quietSince, failures: null };
  if (decision.trigger !== 'threshold') return { ...memory, failures: null };
  // An episode that has ended while the export was written, by a compaction, stays ended.
  const episode = memory.episode && { exported: true, late: decision.late };
  return { ...memory, episode, cooldownFrom: exportedAt, failures: null };
}

/** The memory after an automatic export failed: the next try waits 10 s, then twice as long each time, up to 10 min. */
export function rememberFailure(memory: PolicyMemory, cause: string, failedAt: string): PolicyMemory {
  return { ...memory, failures: { count: (memory.failures?.count ?? 0) + 1, lastAt: failedAt, cause } };
}

function backingOff({ memory, nowMs }: PolicyInput): ExportDecision | null {
  if (!memory.failures) return null;
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (memory.failures.count - 1));
  const untilMs = waitsUntilMs(memory.failures.lastAt, pauseMs, nowMs);
  return untilMs === null ? null : wait({ kind: 'backing-off', untilMs });
}

function cooldownEndMs(memory: PolicyMemory, cooldownMinutes: number, nowMs: number): number | null {
  return memory.cooldownFrom === null ? null : waitsUntilMs(memory.cooldownFrom, cooldownMinutes * 60_000, nowMs);
}

/** A stamp in the future (a clock set back) or one that is no time counts as over. */
function waitsUntilMs(from: string, lengthMs: number, nowMs: number): number | null {
  const fromMs = Date.parse(from);
  if (Number.isNaN(fromMs) || fromMs > nowMs) return null;
  return nowMs - fromMs < lengthMs ? fromMs + lengthMs : null;
}

function wait(reason: WaitReason): ExportDecision {
  return { kind: 'wait', reason };
}
