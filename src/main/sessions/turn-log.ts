/** How a turn has changed a session: a prompt of the user with everything that answers it. */
interface Turn {
  /** Used tokens at its end less those at its start; below 0 where the client has let go of something. */
  readonly grownTokens: number;
  /** From the end of the turn before it to its last answer, pauses left out; null where its lines have no times. */
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
  /** The latest time of a prompt or an answer, in milliseconds since 1970. */
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
  if (log.endTokens === null) return { ...log, ...workUpTo(timestamp, log) };
  return {
    ended: endedTurns(log),
    startTokens: log.endTokens,
    endTokens: null,
    answered: false,
    ...workUpTo(timestamp, { workMs: null, lastAtMs: log.lastAtMs }),
  };
}

/** The log after an answer, the same one where a further line of an answer says nothing new; a drop of the used tokens begins it anew. */
export function noteAnswer(
  log: TurnLog,
  answer: { readonly usedTokens: number; readonly isLast: boolean; readonly timestamp: string | null },
): TurnLog {
  const { usedTokens, isLast, timestamp } = answer;
  if (usedTokens === log.endTokens && isLast === log.answered) return log;
  const before = log.endTokens ?? log.startTokens;
  const from = before !== null && usedTokens < before * dropsBelow ? noteReset(log) : log;
  const { workMs, lastAtMs } = workUpTo(timestamp, from);
  const { ended, startTokens } = from;
  return { ended, startTokens, endTokens: usedTokens, answered: isLast, workMs, lastAtMs };
}

/** The log after a compaction: where the next turn starts from is known after its first answer. */
export function noteReset(log: TurnLog): TurnLog {
  return { ...noTurns, lastAtMs: log.lastAtMs };
}

/** The work with the step to a further line. A line that goes back in time takes none. */
function workUpTo(
  timestamp: string | null,
  { workMs, lastAtMs }: Pick<TurnLog, 'workMs' | 'lastAtMs'>,
): Pick<TurnLog, 'workMs' | 'lastAtMs'> {
  const atMs = timestamp === null ? Number.NaN : Date.parse(timestamp);
  if (Number.isNaN(atMs)) return { workMs, lastAtMs };
  if (lastAtMs === null) return { workMs, lastAtMs: atMs };
  const stepMs = atMs - lastAtMs;
  const isWork = stepMs >= 0 && stepMs <= longestStepMs;
  return { workMs: (workMs ?? 0) + (isWork ? stepMs : 0), lastAtMs: Math.max(lastAtMs, atMs) };
}

/** The newest turns that have ended, oldest first, with the one whose last answer has come. */
export function finishedTurns(log: TurnLog): readonly Turn[] {
  return log.answered ? endedTurns(log) : log.ended;
}

function endedTurns({ ended, startTokens, endTokens, workMs }: TurnLog): readonly Turn[] {
  if (startTokens === null || endTokens === null) return ended;
  return [...ended, { grownTokens: endTokens - startTokens, workMs }].slice(-turnsKept);
}
