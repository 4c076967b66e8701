/** How a turn has changed a session: a prompt of the user with everything that answers it. */
interface Turn {
  /** Used tokens at its end less those at its start; below 0 where the client has let go of something. */
  readonly grownTokens: number;
  /** From the line before it to its last line, pauses left out; null where its lines have no times. */
  readonly workMs: number | null;
}

/** A session's newest turns and the one that goes on. Immutable. */
export interface TurnLog {
  /** The newest turns that have ended, oldest first. */
  readonly ended: readonly Turn[];
  /** Used tokens when the turn that goes on began; null where that isn't known. */
  readonly startTokens: number | null;
  /** Used tokens at its newest answer; null before its first. */
  readonly endTokens: number | null;
  /** Its newest answer says that it is the last. */
  readonly answered: boolean;
  readonly workMs: number | null;
  /** The latest time of a line, in milliseconds since 1970. */
  readonly lastAtMs: number | null;
}

const turnsKept = 12;
const longestStepMs = 5 * 60_000;
/** A reading below this part of the one before is a rewind, another model or cleared results; less is the thinking that the client leaves out of the next prompt. */
const dropsBelow = 0.9;

/** A log without a turn. */
export const noTurns: TurnLog = {
  ended: [],
  startTokens: null,
  endTokens: null,
  answered: false,
  workMs: null,
  lastAtMs: null,
};

/** The log after a prompt of the user: the turn before it has ended. One without an answer was none. */
export function notePrompt(log: TurnLog, timestamp: string | null): TurnLog {
  if (log.endTokens === null) return noteTime(log, timestamp);
  const ended = { ...log, ended: endedTurns(log), startTokens: log.endTokens, endTokens: null, answered: false };
  return noteTime({ ...ended, workMs: null }, timestamp);
}

/** The log after an answer; a drop of the used tokens begins it anew. */
export function noteAnswer(
  log: TurnLog,
  answer: { readonly usedTokens: number; readonly isLast: boolean; readonly timestamp: string | null },
): TurnLog {
  const before = log.endTokens ?? log.startTokens;
  const dropped = before !== null && answer.usedTokens < before * dropsBelow;
  const from = dropped ? noteReset(log) : log;
  return noteTime({ ...from, endTokens: answer.usedTokens, answered: answer.isLast }, answer.timestamp);
}

/** The log after a compaction: where the next turn starts from is known after its first answer. */
export function noteReset(log: TurnLog): TurnLog {
  return { ...noTurns, lastAtMs: log.lastAtMs };
}

/** The log with the work up to a further line. A line that goes back in time takes none. */
export function noteTime(log: TurnLog, timestamp: string | null): TurnLog {
  const atMs = timestamp === null ? Number.NaN : Date.parse(timestamp);
  if (Number.isNaN(atMs)) return log;
  if (log.lastAtMs === null) return { ...log, lastAtMs: atMs };
  const stepMs = atMs - log.lastAtMs;
  const workMs = stepMs < 0 || stepMs > longestStepMs ? 0 : stepMs;
  return { ...log, workMs: (log.workMs ?? 0) + workMs, lastAtMs: Math.max(log.lastAtMs, atMs) };
}

/** The newest turns that have ended, oldest first, with the one whose last answer has come. */
export function finishedTurns(log: TurnLog): readonly Turn[] {
  return log.answered ? endedTurns(log) : log.ended;
}

function endedTurns({ ended, startTokens, endTokens, workMs }: TurnLog): readonly Turn[] {
  if (startTokens === null || endTokens === null) return ended;
  return [...ended, { grownTokens: endTokens - startTokens, workMs }].slice(-turnsKept);
}
