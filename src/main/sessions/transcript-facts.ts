import type { JustCompacted } from '../../shared/app-state.js';
import type { Entry } from './entry-parser.js';
import { hasOneMillionMark } from './one-million-mark.js';
import { chooseTitle, type Titles } from './session-title.js';
import type { Usage } from './usage.js';
import { notePeak, type TokenPeak } from './token-peaks.js';
import { noteInHistory } from './reading-history.js';
import { noteAnswer, notePrompt, noteReset, noTurns, type TurnLog } from './turn-log.js';

/** How full the context was at one answer of the model. */
interface Reading {
  readonly messageId: string | null;
  readonly model: string | null;
  readonly requestedModel: string | null;
  readonly promptTokens: number;
  /** The largest figure among the lines of the message: early lines may hold a placeholder. */
  readonly outputTokens: number;
  readonly usedTokens: number;
  /** Time of the line; null where it had none. */
  readonly readAt: string | null;
}

/** An automatic compaction: evidence of where the client compacts this model. */
export interface AutoCompaction {
  /** The model as asked for: with `[1m]` where the request had it. */
  readonly model: string;
  readonly preTokens: number;
  /** Time of the line, as the client wrote it; null where it had none. */
  readonly at: string | null;
}

/** All that the app knows from a transcript's lines so far. Immutable. */
export interface TranscriptFacts {
  /** The newest reading, also when a compaction has made it stale. */
  readonly reading: Reading | null;
  /** Set from a compaction to the next reading. */
  readonly justCompacted: JustCompacted | null;
  /** The newest compaction, also when readings have come since. */
  readonly lastCompaction: JustCompacted | null;
  /** Prompt tokens of the session's very first reading: what system prompt and tools take. */
  readonly firstPromptTokens: number | null;
  /** The most tokens seen at once, in a reading or before a compaction, by model: another model's window may be another. */
  readonly peaks: readonly TokenPeak[];
  /** The newest turns, since the newest compaction. */
  readonly turns: TurnLog;
  /** How full it was over the last hours of work, compactions or not, oldest first. */
  readonly history: ReturnType<typeof noteInHistory>;
  /** How many compactions the file has seen. */
  readonly compactions: number;
  /** The newest automatic compactions, oldest first. */
  readonly autoCompactions: readonly AutoCompaction[];
  /** Model names with `[1m]` that the session has used. */
  readonly oneMillionModels: readonly string[];
  /** Custom title before generated title before summary; null where there is none. */
  readonly title: string | null;
  readonly titles: Titles;
  /** Of the newest message line. */
  readonly cwd: string | null;
  /** Empty outside of a repository. */
  readonly gitBranch: string | null;
  readonly version: string | null;
  /** Complete lines that were not wholly readable. */
  readonly badLines: number;
  /** The newest answers since the newest compaction, with their largest output: two clients may mix their lines. */
  readonly recentOutputs: readonly { readonly messageId: string; readonly outputTokens: number }[];
  /** The newest assistant lines' uuids, and those before the newest compaction: a compaction may append old lines again, also ones that an earlier one has appended again. */
  readonly recentUuids: readonly string[];
  readonly uuidsBeforeCompaction: readonly string[];
}

const autoCompactionsKept = 20;
const outputsKept = 20;
const uuidsKept = 200;
const uuidsKeptBeforeCompaction = 1000;

/** The facts of a transcript without a line. */
export function emptyFacts(): TranscriptFacts {
  return {
    reading: null,
    justCompacted: null,
    lastCompaction: null,
    firstPromptTokens: null,
    peaks: [],
    turns: noTurns,
    history: [],
    compactions: 0,
    autoCompactions: [],
    oneMillionModels: [],
    title: null,
    titles: { custom: null, ai: null, summary: null },
    cwd: null,
    gitBranch: null,
    version: null,
    badLines: 0,
    recentOutputs: [],
    recentUuids: [],
    uuidsBeforeCompaction: [],
  };
}

/** The facts with one more line taken in. Lines come in file order: the newest wins, whatever its time says and also when it is lower. */
export function foldEntry(facts: TranscriptFacts, entry: Entry): TranscriptFacts {
  switch (entry.kind) {
    case 'assistant':
      return foldReading(foldPlace(facts, entry), entry);
    case 'system':
      return foldCompaction(foldPlace(facts, entry), entry);
    case 'user':
      return foldPrompt(foldPlace(facts, entry), entry);
    case 'attachment':
    case 'progress':
      return foldPlace(facts, entry);
    case 'title': {
      const titles = { ...facts.titles, [entry.source]: entry.title };
      return { ...facts, titles, title: chooseTitle(titles) };
    }
    case 'cost':
      return foldOneMillionModels(facts, entry.models);
    case 'other':
      return facts;
    default:
      return assertNever(entry);
  }
}

/** The facts with one more line that could not be read, or not wholly. */
export function foldBadLine(facts: TranscriptFacts): TranscriptFacts {
  return { ...facts, badLines: facts.badLines + 1 };
}

type AssistantEntry = Extract<Entry, { kind: 'assistant' }>;
type UserEntry = Extract<Entry, { kind: 'user' }>;
type SystemEntry = Extract<Entry, { kind: 'system' }>;

/** Whether a line says how full the session's own context is: an answer of a model with figures, not a sub-agent's. */
export function isReading(entry: Entry): entry is AssistantEntry & { readonly usage: Usage } {
  return entry.kind === 'assistant' && !entry.isSidechain && entry.model !== '<synthetic>' && entry.usage !== null;
}

function foldReading(facts: TranscriptFacts, entry: AssistantEntry): TranscriptFacts {
  const isOldLineAgain = entry.uuid !== null && facts.uuidsBeforeCompaction.includes(entry.uuid);
  if (!isReading(entry) || isOldLineAgain) return facts;
  const { messageId, model, requestedModel, timestamp } = entry;
  const { promptTokens } = entry.usage;
  const before = facts.recentOutputs.find((answer) => answer.messageId === messageId);
  const outputTokens = Math.max(entry.usage.outputTokens, before?.outputTokens ?? 0);
  const reading: Reading = {
    messageId,
    model,
    requestedModel,
    promptTokens,
    outputTokens,
    usedTokens: promptTokens + outputTokens,
    readAt: timestamp,
  };
  const { usedTokens } = reading;
  const requested = requestedModel === null ? [] : [requestedModel];
  return {
    ...foldOneMillionModels(facts, requested),
    reading,
    justCompacted: null,
    firstPromptTokens: facts.firstPromptTokens ?? promptTokens,
    peaks: notePeak(facts.peaks, { model, requestedModel, tokens: usedTokens }),
    autoCompactions: facts.reading === null ? withEvidence(facts, facts.justCompacted, reading) : facts.autoCompactions,
    history: noteInHistory(facts.history, { usedTokens, timestamp }),
    turns: noteAnswer(facts.turns, { usedTokens, isLast: entry.endsTurn, timestamp }),
    recentOutputs:
      messageId === null
        ? facts.recentOutputs
        : [...facts.recentOutputs.filter((answer) => answer !== before), { messageId, outputTokens }].slice(
            -outputsKept,
          ),
    recentUuids: entry.uuid === null ? facts.recentUuids : [...facts.recentUuids.slice(1 - uuidsKept), entry.uuid],
  };
}

function foldCompaction(facts: TranscriptFacts, entry: SystemEntry): TranscriptFacts {
  const { compaction } = entry;
  if (compaction === null || entry.isSidechain) return facts;
  const { trigger, preTokens, postTokens } = compaction;
  const model = facts.reading?.model ?? null;
  const requestedModel = facts.reading?.requestedModel ?? null;
  const lastCompaction = { at: entry.timestamp, trigger, preTokens, postTokens };
  return {
    ...facts,
    justCompacted: lastCompaction,
    lastCompaction,
    peaks: preTokens === null ? facts.peaks : notePeak(facts.peaks, { model, requestedModel, tokens: preTokens }),
    turns: noteReset(facts.turns),
    compactions: facts.compactions + 1,
    autoCompactions: withEvidence(facts, lastCompaction, facts.reading),
    recentOutputs: [],
    recentUuids: [],
    uuidsBeforeCompaction: [...facts.uuidsBeforeCompaction, ...facts.recentUuids].slice(-uuidsKeptBeforeCompaction),
  };
}

/** A file may begin with its compaction: then the first answer after it tells which model was compacted. */
function withEvidence(
  { autoCompactions }: TranscriptFacts,
  compaction: JustCompacted | null,
  reading: Reading | null,
): readonly AutoCompaction[] {
  const model = askedModel(reading);
  if (compaction === null || compaction.trigger !== 'auto' || model === null) return autoCompactions;
  const { preTokens, at } = compaction;
  return preTokens === null
    ? autoCompactions
    : [...autoCompactions, { model, preTokens, at }].slice(-autoCompactionsKept);
}

function foldPrompt(facts: TranscriptFacts, { isSidechain, isPrompt, timestamp }: UserEntry): TranscriptFacts {
  return isSidechain || !isPrompt ? facts : { ...facts, turns: notePrompt(facts.turns, timestamp) };
}

function askedModel(reading: Reading | null): string | null {
  const requested = reading?.requestedModel ?? null;
  return requested !== null && hasOneMillionMark(requested) ? requested : (reading?.model ?? null);
}

/** A sub-agent may work elsewhere: its lines say where the session is only as long as nothing else does. */
function foldPlace(
  facts: TranscriptFacts,
  { cwd, gitBranch, version, isSidechain }: Pick<AssistantEntry, 'cwd' | 'gitBranch' | 'version' | 'isSidechain'>,
): TranscriptFacts {
  const next = isSidechain
    ? { cwd: facts.cwd ?? cwd, gitBranch: facts.gitBranch ?? gitBranch, version: facts.version ?? version }
    : { cwd: cwd ?? facts.cwd, gitBranch: gitBranch ?? facts.gitBranch, version: version ?? facts.version };
  const isSame = next.cwd === facts.cwd && next.gitBranch === facts.gitBranch && next.version === facts.version;
  return isSame ? facts : { ...facts, ...next };
}

function foldOneMillionModels(facts: TranscriptFacts, models: readonly string[]): TranscriptFacts {
  const added = models.filter((model) => hasOneMillionMark(model) && !facts.oneMillionModels.includes(model));
  return added.length === 0 ? facts : { ...facts, oneMillionModels: [...facts.oneMillionModels, ...added] };
}

function assertNever(entry: never): never {
  throw new Error(`An entry of a kind without a rule: ${JSON.stringify(entry)}`);
}
