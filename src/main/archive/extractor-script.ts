import path from 'node:path';
import { programFault } from '../support/run-program.js';
import { isScript, runPython } from '../support/run-python.js';

/** What the extractor script did with a file. A count it doesn't tell in a form we know is null, never 0. */
export type ExtractorResult =
  | { readonly kind: 'done'; readonly newMessages: number | null; readonly duplicateMessages: number | null }
  | { readonly kind: 'failed'; readonly reason: string };

/** CODITECT's own extractor, which is run besides the built-in index where it is installed. */
export interface ExtractorScript {
  /** Whether the script is there, wanted, and not resting after it had hung. */
  readonly isWanted: () => Promise<boolean>;
  /** Runs the script on a file; it may move or delete that name. Never throws. */
  readonly run: (file: string) => Promise<ExtractorResult>;
}

const usualTimeoutMilliseconds = 120_000;
/** A script that hangs would hold up each file of the queue for two minutes. */
const restMilliseconds = 600_000;

/** Where CODITECT keeps its extractor. */
export function extractorScriptIn(homeFolder: string): string {
  return path.join(homeFolder, '.coditect', 'scripts', 'unified-message-extractor.py');
}

/** Prepares the script. After a time-out it rests for ten minutes, in which files are processed without it. */
export function openExtractorScript(options: {
  readonly script: string;
  readonly isOn: () => boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** After each run: the reason of a failure, or null. */
  readonly onOutcome: (reason: string | null) => void;
  readonly timeoutMilliseconds?: number;
}): ExtractorScript {
  const { script, environment, now, onOutcome, timeoutMilliseconds = usualTimeoutMilliseconds } = options;
  let hungAtMs: number | null = null;

  function isResting(): boolean {
    const sinceMs = hungAtMs === null ? null : now().getTime() - hungAtMs;
    // A clock that was set back ends the rest.
    return sinceMs !== null && sinceMs >= 0 && sinceMs < restMilliseconds;
  }

  return {
    isWanted: async () => options.isOn() && !isResting() && (await isScript(script)),
    async run(file) {
      const counts = readCounts();
      const outcome = await runPython({
        script,
        arguments: ['--jsonl', file],
        timeoutMilliseconds,
        environment,
        onLine: counts.onLine,
      });
      hungAtMs = outcome.kind === 'timed-out' ? now().getTime() : null;
      const reason = programFault(outcome);
      onOutcome(reason);
      return reason === null ? { kind: 'done', ...counts.result() } : { kind: 'failed', reason };
    },
  };
}

interface Counts {
  readonly newMessages: number | null;
  readonly duplicateMessages: number | null;
}

const unknown: Counts = { newMessages: null, duplicateMessages: null };

/** Reads both forms: the first line that begins with `{`, as JSON, or else the last `→ N new / M total`. */
function readCounts() {
  let fromJson: Counts | null = null;
  let fromArrow: Counts | null = null;
  return {
    onLine(line: string): void {
      if (line.startsWith('{')) fromJson ??= jsonCounts(line);
      else fromArrow = arrowCounts(line) ?? fromArrow;
    },
    result: (): Counts =>
      (fromJson === null || fromJson.newMessages === null ? (fromArrow ?? fromJson) : fromJson) ?? unknown,
  };
}

function jsonCounts(line: string): Counts {
  try {
    const said: unknown = JSON.parse(line);
    if (typeof said !== 'object' || said === null) return unknown;
    return {
      newMessages: countOf(Reflect.get(said, 'new_messages')),
      duplicateMessages: countOf(Reflect.get(said, 'duplicates')),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return unknown;
    throw error;
  }
}

function arrowCounts(line: string): Counts | null {
  const [, fresh, all] = /→\s*([\d,]{1,20})\s+new\s*\/\s*([\d,]{1,20})\s+total/.exec(line) ?? [];
  if (fresh === undefined || all === undefined) return null;
  const [newMessages, total] = [fresh, all].map((digits) => countOf(Number(digits.replaceAll(',', ''))));
  if (newMessages === null || newMessages === undefined) return unknown;
  const known = total !== null && total !== undefined && total >= newMessages;
  return { newMessages, duplicateMessages: known ? total - newMessages : null };
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
