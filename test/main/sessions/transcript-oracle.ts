type Fields = Readonly<Record<string, unknown>>;

/** One line as an oracle needs it: what it holds and where it starts. `isComplete` is false for a last line without line end. */
export interface OracleLine {
  readonly records: readonly Fields[];
  readonly isBad: boolean;
  readonly startsAt: number;
  readonly isComplete: boolean;
}

/**
 * What a transcript says, worked out the slow way from all lines at once and from the description of the format alone:
 * nothing of it is shared with the code under test.
 */
export function whatTranscriptSays(lines: readonly OracleLine[], exportedBytes: number) {
  const records = lines.flatMap((line) => line.records);
  const boundaries = records.filter((record) => isBoundary(record));
  const readings = records.flatMap((record, index) => {
    const prompt = promptTokensOf(record);
    if (prompt === null || wasThereBeforeCompaction(records, index)) return [];
    const compactedBefore = records.slice(0, index).filter((earlier) => isBoundary(earlier)).length;
    return [{ record, index, prompt, compactedBefore, output: outputTokensOf(record) }];
  });
  const figures = readings.map((reading) => {
    const ofSameAnswer = readings.filter(
      (other) =>
        other.index <= reading.index &&
        other.compactedBefore === reading.compactedBefore &&
        messageOf(other.record)['id'] === messageOf(reading.record)['id'],
    );
    const output = Math.max(...ofSameAnswer.map((other) => other.output));
    return { ...reading, output, used: reading.prompt + output };
  });
  const newest = figures.at(-1);
  const boundary = boundaries.at(-1);
  const isJustCompacted = boundary !== undefined && records.lastIndexOf(boundary) > (newest?.index ?? -1);
  const metadata = fieldsOf(boundary?.['compactMetadata']);
  const complete = lines.filter((line) => line.isComplete);
  const waiting = complete.filter((line) => line.startsAt >= exportedBytes).flatMap((line) => line.records);
  return {
    reading:
      newest === undefined
        ? null
        : {
            promptTokens: newest.prompt,
            outputTokens: newest.output,
            usedTokens: newest.used,
            model: messageOf(newest.record)['model'] ?? null,
            requestedModel: newest.record['requestedModel'] ?? null,
          },
    justCompacted: isJustCompacted
      ? {
          trigger: metadata['trigger'] ?? null,
          preTokens: metadata['preTokens'] ?? null,
          postTokens: metadata['postTokens'] ?? null,
        }
      : null,
    firstPromptTokens: readings[0]?.prompt ?? null,
    largestTokensSeen: Math.max(
      0,
      ...figures.map(({ used }) => used),
      ...boundaries.map((one) => (fieldsOf(one['compactMetadata'])['preTokens'] as number | undefined) ?? 0),
    ),
    compactions: boundaries.length,
    autoCompactions: records.flatMap((_, index) => evidenceOf(records, index, figures)),
    oneMillionModels: records
      .flatMap((record, index) => {
        const isReading = readings.some((reading) => reading.index === index);
        return record['type'] === 'cost-state'
          ? Object.keys(fieldsOf(record['modelUsage']))
          : isReading
            ? [record['requestedModel'] ?? '']
            : [];
      })
      .filter((model, index, all) => /\[1m\]/i.test(String(model)) && all.indexOf(model) === index),
    titles: {
      custom: lastTitle(records, 'custom-title', 'customTitle'),
      ai: lastTitle(records, 'ai-title', 'aiTitle'),
      summary: lastTitle(records, 'summary', 'summary'),
    },
    cwd: newestPlace(records, 'cwd'),
    gitBranch: newestPlace(records, 'gitBranch'),
    version: newestPlace(records, 'version'),
    badLines: complete.filter((line) => line.isBad).length,
    unexportedMessages: new Set(waiting.filter(isMessage).map((record) => messageOf(record)['id'] ?? record['uuid']))
      .size,
    hasSomethingNew: waiting.some((record) => isMessage(record) || ['system', 'attachment'].includes(typeOf(record))),
  };
}

function isBoundary(record: Fields): boolean {
  return record['type'] === 'system' && record['subtype'] === 'compact_boundary';
}

function isMessage(record: Fields): boolean {
  return ['user', 'assistant'].includes(typeOf(record));
}

/** A compaction can append old rows again with their old uuids: they are as old as they were. */
function wasThereBeforeCompaction(records: readonly Fields[], index: number): boolean {
  const uuid = records[index]?.['uuid'];
  const boundaryAt = records.findLastIndex((record, at) => at < index && isBoundary(record));
  return records.some((record, at) => at < boundaryAt && uuid !== undefined && record['uuid'] === uuid);
}

/** Null for a line that gives no reading. */
function promptTokensOf(record: Fields): number | null {
  if (record['type'] !== 'assistant' || record['isSidechain'] === true) return null;
  const message = messageOf(record);
  if (message['model'] === '<synthetic>') return null;
  const sum = inputSum(countedUsage(fieldsOf(message['usage'])));
  return sum > 0 ? sum : null;
}

function outputTokensOf(record: Fields): number {
  return count(countedUsage(fieldsOf(messageOf(record)['usage']))['output_tokens']);
}

function countedUsage(usage: Fields): Fields {
  const iterations = Array.isArray(usage['iterations']) ? (usage['iterations'] as Fields[]) : [];
  const last = iterations.filter(({ type }) => type !== 'advisor_message' && type !== 'compaction').at(-1);
  const isMessageIteration = last?.['type'] === 'message' || last?.['type'] === 'fallback_message';
  return last !== undefined && isMessageIteration && inputSum(last) > 0 ? last : usage;
}

function inputSum(usage: Fields): number {
  const { ephemeral_5m_input_tokens, ephemeral_1h_input_tokens } = fieldsOf(usage['cache_creation']);
  const byLifetime = count(ephemeral_5m_input_tokens) + count(ephemeral_1h_input_tokens);
  const written = Math.max(count(usage['cache_creation_input_tokens']), byLifetime);
  return count(usage['input_tokens']) + written + count(usage['cache_read_input_tokens']);
}

/** An automatic compaction says where the model that filled the context is compacted; in a file that begins with one, the model that goes on. */
function evidenceOf(
  records: readonly Fields[],
  index: number,
  readings: readonly { readonly record: Fields; readonly index: number }[],
) {
  const record = records[index] ?? {};
  const metadata = fieldsOf(record['compactMetadata']);
  const goesOn = records.slice(index + 1).findIndex(isBoundary);
  const end = goesOn === -1 ? records.length : index + 1 + goesOn;
  const first = readings[0];
  const after = first !== undefined && first.index < end ? first : undefined;
  const { record: by } = readings.findLast((one) => one.index < index) ?? after ?? {};
  if (!isBoundary(record) || metadata['trigger'] !== 'auto' || by === undefined) return [];
  const requested = String(by['requestedModel'] ?? '');
  const model = requested.includes('[1m]') ? requested : messageOf(by)['model'];
  const { preTokens } = metadata;
  return preTokens === undefined ? [] : [{ model, preTokens, at: record['timestamp'] }];
}

function newestPlace(records: readonly Fields[], field: string): unknown {
  const says = records.filter(
    (record) => ['user', 'assistant', 'system', 'attachment', 'progress'].includes(typeOf(record)) && field in record,
  );
  const own = says.filter((record) => record['isSidechain'] !== true);
  return (own.at(-1) ?? says[0])?.[field] ?? null;
}

function lastTitle(records: readonly Fields[], type: string, field: string): unknown {
  return records.findLast((record) => record['type'] === type)?.[field] ?? null;
}

function typeOf(record: Fields): string {
  return String(record['type']);
}

function messageOf(record: Fields): Fields {
  return fieldsOf(record['message']);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
